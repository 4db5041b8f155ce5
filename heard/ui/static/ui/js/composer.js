// The composer: keeps its draft, takes files by drop and paste, sends on Ctrl or Cmd and Enter,
// and asks the coach while someone writes.
// @ts-check
import { closest } from "./page.js";
import { tellSession } from "./session.js";

const COACH_MS = 500;
const KEEP_DAYS = 14;
const PREFIX = "heard:draft:";
/** Whose drafts are meant. @param {string} person the id of the one signed in */
const draftsOf = (person) => `${PREFIX}${person}:`;

/** @typedef {{text: string, kind: string, at: number}} Draft */

/** @param {string} prefix */
function keysUnder(prefix) {
  return Object.keys(localStorage).filter((one) => one.startsWith(prefix));
}

/** Drafts nobody came back to do not stay for ever. */
function forgetOld() {
  for (const key of keysUnder(PREFIX)) {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > KEEP_DAYS * 86_400_000) localStorage.removeItem(key);
  }
}

/** @param {string} key @returns {Draft | null} */
function read(key) {
  const kept = localStorage.getItem(key);
  return kept ? JSON.parse(kept) : null;
}

/** A key no other draft has. randomUUID is there on secure pages only; an office may have none. */
function freshKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {number} size in bytes */
function inMb(size) {
  return `${(size / 1e6).toFixed(1)} MB`;
}

/**
 * @template {Element} T
 * @param {Element} whole @param {string} selector
 * @returns {T} the part the template always draws
 */
function must(whole, selector) {
  return /** @type {T} */ (whole.querySelector(selector));
}

class HeardComposer extends HTMLElement {
  /** @type {HTMLFormElement} */ form = must(this, "form");
  /** @type {HTMLTextAreaElement} */ text = must(this, "textarea");
  /** @type {HTMLInputElement} */ input = must(this, "input[type=file]");
  key = draftsOf(this.form.dataset.person ?? "") + this.form.dataset.draft;
  /** The same draft sent again after a lost answer carries the same key and leaves once. */
  once = document.createElement("input");
  /** What was sent under that key. */ sent = "";
  reply = this.text.placeholder;
  /** The problem shown is one of the files. */ complained = false;
  /** The names the page came with, by field. @type {Map<string, string>} */ names = new Map();
  stopped = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ coaching;

  connectedCallback() {
    const { signal } = this.stopped;
    const on = this.form.addEventListener.bind(this.form);
    on("input", (event) => event.target === this.text ? this.typed() : this.routed(), { signal });
    on("change", (event) => this.changed(event), { signal });
    on("keydown", (event) => this.pressed(event), { signal });
    on("paste", (event) => this.take(event, event.clipboardData), { signal });
    on("dragover", (event) => this.over(event, true), { signal });
    on("dragleave", (event) => this.over(event, false), { signal });
    on("drop", (event) => this.take(event, event.dataTransfer), { signal });
    on("click", (event) => this.clicked(event), { signal });
    on("htmx:configRequest", (event) => this.leaving(/** @type {CustomEvent} */ (event)), { signal });
    on("htmx:afterRequest", (event) => this.answered(/** @type {CustomEvent} */ (event)), { signal });
    const comes = (/** @type {Event} */ event) => this.comes(/** @type {CustomEvent} */ (event));
    document.addEventListener("htmx:beforeSwap", comes, { signal });
    this.once.type = "hidden";
    this.once.name = "key";
    this.once.value = freshKey();
    this.form.append(this.once);
    this.restore();
    this.tellRoute();
  }

  disconnectedCallback() {
    this.stopped.abort();
    clearTimeout(this.coaching);
  }

  get kind() {
    return new FormData(this.form).get("kind") === "note" ? "note" : "reply";
  }

  restore() {
    const draft = this.text.value ? null : read(this.key);
    if (draft) {
      this.text.value = draft.text;
      const choice = this.form.querySelector(`[value="${draft.kind}"]`);
      if (choice instanceof HTMLInputElement && !choice.disabled) choice.checked = true;
      this.tellKept();
      this.coach();
    }
    this.shape();
  }

  keep() {
    if (this.text.value.trim()) {
      /** @type {Draft} */
      const draft = { text: this.text.value, kind: this.kind, at: Date.now() };
      localStorage.setItem(this.key, JSON.stringify(draft));
      this.tellKept();
    } else {
      localStorage.removeItem(this.key);
      this.note("");
    }
  }

  typed() {
    this.keep();
    this.shape();
    this.coachSoon();
  }

  routed() {
    this.tellRoute();
    this.coachSoon();
  }

  coachSoon() {
    clearTimeout(this.coaching);
    this.coaching = setTimeout(() => this.coach(), COACH_MS);
  }

  coach() {
    if (this.kind === "reply") window.htmx.trigger("#coach", "draft");
  }

  /** Grows with the words; browsers that know field-sizing do it themselves. */
  shape() {
    this.text.placeholder = this.kind === "note" ? this.text.dataset.placeholderNote ?? "" : this.reply;
    if (CSS.supports("field-sizing", "content")) return;
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight}px`;
  }

  tellKept() {
    this.note("Draft kept on this device");
  }

  /** @param {string} words */
  note(words) {
    const place = this.querySelector("[data-kept]");
    if (place) place.textContent = words;
  }

  /** @param {Event} event */
  changed(event) {
    if (event.target === this.input) return this.showFiles();
    if (closest(event, "[name=kind]")) {
      if (this.text.value) this.typed();
      this.shape();
      this.text.focus();
    }
  }

  /** The line says what the field holds; names stand only for the addresses the page came with. */
  tellRoute() {
    this.tellField("to", "nobody yet");
    const copied = this.tellField("cc", "");
    must(this, ".route-copies").toggleAttribute("hidden", !copied);
  }

  /** @param {string} name @param {string} none @returns {string} what the line says now */
  tellField(name, none) {
    const line = must(this, `[data-route-${name}]`);
    const field = /** @type {HTMLInputElement} */ (must(this, `[name=${name}]`));
    const came = this.names.get(name) ?? line.textContent ?? "";
    this.names.set(name, came);
    const says = field.value === field.defaultValue ? came : field.value.trim() || none;
    if (line.textContent !== says) line.textContent = says;
    return says;
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  /** @param {DragEvent} event @param {boolean} over */
  over(event, over) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.form.classList.toggle("is-over", over);
  }

  /** @param {Event} event @param {DataTransfer | null} brought */
  take(event, brought) {
    this.form.classList.remove("is-over");
    if (!brought?.files.length) return;
    event.preventDefault();
    this.setFiles([...(this.input.files ?? []), ...brought.files]);
  }

  /** @param {File[]} files */
  setFiles(files) {
    const box = new DataTransfer();
    for (const file of files) box.items.add(file);
    this.input.files = box.files;
    this.showFiles();
  }

  showFiles() {
    const place = /** @type {HTMLElement} */ (this.querySelector(".composer-files"));
    const files = [...(this.input.files ?? [])];
    if (this.tooLarge()) this.complain(this.tooLarge());
    else if (this.complained) this.complain("");
    place.hidden = !files.length;
    place.replaceChildren(...files.map((file, index) => {
      const item = document.createElement("li");
      item.textContent = file.name;
      const away = document.createElement("button");
      away.type = "button";
      away.textContent = "×";
      away.setAttribute("aria-label", `Take ${file.name} away`);
      away.addEventListener("click", () => this.setFiles(files.filter((_, one) => one !== index)));
      item.append(away);
      return item;
    }));
  }

  /** @returns {string} why these files can't leave together; empty when they can */
  tooLarge() {
    const files = [...(this.input.files ?? [])].sort((one, other) => other.size - one.size);
    const whole = files.reduce((sum, file) => sum + file.size, 0);
    const limit = Number(this.form.dataset.limit ?? Infinity);
    if (whole <= limit) return "";
    const [name, most] = [files[0]?.name, Math.floor(limit / 1e6)];
    if (files.length === 1) return `“${name}” is too large: ${inMb(whole)} of at most ${most} MB.`;
    return `The files are too large: ${inMb(whole)} together of at most ${most} MB; the largest is “${name}”.`;
  }

  /** @param {string} words about the files; empty when nothing is wrong with them any more */
  complain(words) {
    const problem = /** @type {HTMLElement} */ (this.querySelector("[data-problem]"));
    problem.hidden = !words;
    problem.textContent = words;
    this.complained = Boolean(words);
  }

  /** Advice about some words leads to them. @param {Event} event */
  clicked(event) {
    const advice = closest(event, "[data-from]");
    if (!advice) return;
    this.text.focus();
    this.text.setSelectionRange(Number(advice.dataset.from), Number(advice.dataset.to));
  }

  /** All that would be sent, as one text to compare by. */
  draft() {
    const fields = [...new FormData(this.form)].filter(([name]) => name !== "key");
    const plain = fields.map(([name, one]) => [name, one instanceof File ? [one.name, one.size] : one]);
    return JSON.stringify(plain);
  }

  /** Other words than those of the last try are another letter. @param {CustomEvent} event */
  leaving(event) {
    if (event.detail.elt !== this.form) return;
    // The server reads no such letter to its end, so its answer might not arrive.
    if (this.tooLarge()) return event.preventDefault();
    const draft = this.draft();
    if (this.sent && this.sent !== draft) this.once.value = freshKey();
    this.sent = draft;
    event.detail.parameters.key = this.once.value;
  }

  /** @param {CustomEvent} event */
  answered(event) {
    if (event.detail.elt !== this.form) return;
    const problem = /** @type {HTMLElement} */ (this.querySelector("[data-problem]"));
    problem.hidden = event.detail.successful;
    if (event.detail.successful) return this.clear();
    problem.replaceChildren(this.reason(event.detail.xhr));
    // Signing out in another tab has forgotten the drafts, this one too.
    this.keep();
  }

  /**
   * Only the letters with this one among them say that it was taken; another page, from whomever,
   * would take their place. @param {CustomEvent} event
   */
  comes({ detail }) {
    if (detail.requestConfig.elt !== this.form || detail.serverResponse.includes('id="thread"')) return;
    detail.shouldSwap = false;
    detail.isError = true;
  }

  /** @param {XMLHttpRequest} answer @returns {string | Node} the server's sentence, or ours */
  reason(answer) {
    const line = tellSession(answer.status);
    if (line) return document.createRange().createContextualFragment(line.innerHTML);
    const plain = answer.getResponseHeader("Content-Type")?.startsWith("text/plain");
    if (plain && answer.responseText) return answer.responseText;
    return "That did not reach the server. Your words are kept here; send again in a moment.";
  }

  clear() {
    localStorage.removeItem(this.key);
    this.form.reset();
    // A reset leaves hidden fields as they are.
    this.once.value = freshKey();
    this.sent = "";
    this.tellRoute();
    this.setFiles([]);
    this.note("");
    this.querySelector("#coach")?.replaceChildren();
    this.shape();
  }
}

// The next person at a shared device reads nothing of this one's.
document.addEventListener("submit", (event) => {
  const person = closest(event, "form[data-person-leaves]")?.dataset.personLeaves;
  for (const key of person ? keysUnder(draftsOf(person)) : []) localStorage.removeItem(key);
});

forgetOld();
customElements.define("heard-composer", HeardComposer);
