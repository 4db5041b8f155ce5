// The composer: keeps its draft, takes files by drop and paste, sends on Ctrl or Cmd and Enter,
// and asks the coach while someone writes.
// @ts-check
import { draftsOf, forget, forgetOld, freshKey, held, KINDS, nameOf, read, write } from "./drafts.js";
import { closest } from "./page.js";
import { tellSession } from "./session.js";

const COACH_MS = 500;

/** @typedef {import("./drafts.js").Kind} Kind */
/** @typedef {import("./drafts.js").Held} Held */

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
  once = document.createElement("input");
  /** @type {Record<Kind, Held>} */ held = { reply: held(), note: held() };
  /** The kind on the screen. @type {Kind} */ shown = "reply";
  /** The kind on its way. @type {Kind} */ under = "reply";
  reply = this.text.placeholder;
  /** The problem shown is one that a change may mend. */ complained = false;
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
    this.form.append(this.once);
    this.restore();
    this.tellRoute();
  }

  disconnectedCallback() {
    this.stopped.abort();
    clearTimeout(this.coaching);
  }

  /** @returns {Kind} */
  get kind() {
    return new FormData(this.form).get("kind") === "note" ? "note" : "reply";
  }

  get mine() {
    return this.held[this.shown];
  }

  restore() {
    const draft = read(this.key);
    for (const kind of KINDS) this.held[kind] = held(draft?.[kind]);
    const kinds = draft ? [draft.kind, ...KINDS] : [];
    const last = kinds.find((kind) => this.held[kind].text);
    if (last && !this.text.value) this.choose(last);
    this.shown = this.kind;
    // What the browser brought back itself is what stood here last.
    if (this.text.value) this.mine.text = this.text.value;
    this.show();
    if (this.mine.text) this.coach();
  }

  /** @param {Kind} kind */
  choose(kind) {
    const choice = /** @type {HTMLInputElement} */ (must(this.form, `[value="${kind}"]`));
    if (!choice.disabled) choice.checked = true;
  }

  /** The other kind: what stood here waits until one comes back to it. */
  turn() {
    this.mended();
    this.mine.text = this.text.value;
    this.shown = this.kind;
    this.show();
  }

  /** Puts the words and files of the kind shown into the form. */
  show() {
    this.text.value = this.mine.text;
    this.once.value = this.mine.once;
    this.setFiles(this.mine.files);
    this.shape();
  }

  keep() {
    this.mine.text = this.text.value;
    const files = this.mine.files.length ? this.mine.files.map(nameOf) : this.mine.missing;
    const words = this.text.value.trim() ? { text: this.text.value, files } : undefined;
    write(this.key, this.shown, words);
    this.tellKept();
  }

  typed() {
    this.mended();
    this.keep();
    this.shape();
    this.coachSoon();
  }

  routed() {
    this.mended();
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
    const place = /** @type {HTMLElement} */ (must(this, "[data-kept]"));
    place.textContent = this.text.value.trim() ? this.kept() : "";
    place.toggleAttribute("data-files", Boolean(this.mine.files.length || this.mine.missing.length));
  }

  /** @returns {string} what outlives this page: files do not */
  kept() {
    const { files, missing } = this.mine;
    if (files.length) return "Words kept on this device, files only while this page is open";
    if (missing.length) return `Words kept on this device; attach again: ${missing.join(", ")}`;
    return "Draft kept on this device";
  }

  /** @param {Event} event */
  changed(event) {
    if (event.target === this.input) return this.showFiles();
    if (closest(event, "[name=kind]")) {
      this.turn();
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
    this.mine.files = files;
    if (files.length) this.mine.missing = [];
    if (this.text.value.trim()) this.keep();
    else this.tellKept();
    if (this.tooLarge()) this.complain(this.tooLarge());
    else this.mended();
    place.hidden = !files.length;
    place.replaceChildren(...files.map((file, index) => {
      const item = document.createElement("li");
      const name = document.createElement("bdi");
      name.textContent = nameOf(file);
      const away = document.createElement("button");
      away.type = "button";
      away.textContent = "×";
      away.setAttribute("aria-label", `Take ${nameOf(file)} away`);
      away.addEventListener("click", () => this.setFiles(files.filter((_, one) => one !== index)));
      item.append(name, away);
      return item;
    }));
  }

  /** @returns {string} why these files can't leave together; empty when they can */
  tooLarge() {
    const files = [...(this.input.files ?? [])].sort((one, other) => other.size - one.size);
    const whole = files.reduce((sum, file) => sum + file.size, 0);
    const limit = Number(this.form.dataset.limit ?? Infinity);
    if (whole <= limit) return "";
    const [name, most] = [files[0] && nameOf(files[0]), Math.floor(limit / 1e6)];
    if (files.length === 1) return `“${name}” is too large: ${inMb(whole)} of at most ${most} MB.`;
    return `The files are too large: ${inMb(whole)} together of at most ${most} MB; the largest is “${name}”.`;
  }

  /** Whatever was refused is no longer what stands here. */
  mended() {
    if (this.complained && !this.tooLarge()) this.complain("");
  }

  /** @param {string} words about the files; empty when nothing is wrong any more */
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
    if (this.mine.sent && this.mine.sent !== draft) this.mine.once = freshKey();
    this.mine.sent = draft;
    this.under = this.shown;
    event.detail.parameters.key = this.once.value = this.mine.once;
  }

  /** @param {CustomEvent} event */
  answered(event) {
    if (event.detail.elt !== this.form) return;
    const problem = /** @type {HTMLElement} */ (this.querySelector("[data-problem]"));
    problem.hidden = event.detail.successful;
    this.complained = !event.detail.successful;
    if (event.detail.successful) return this.clear(this.under);
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

  /** What was taken is gone from here; the other kind stays. @param {Kind} sent */
  clear(sent) {
    this.held[sent] = held();
    write(this.key, sent, undefined);
    if (sent === "reply") this.startOver();
    if (sent !== this.shown) return;
    this.choose("reply");
    this.shown = this.kind;
    this.show();
  }

  /** The next letter goes to whom this page named. */
  startOver() {
    for (const field of this.form.querySelectorAll("[name=to], [name=cc], [name=quote]")) {
      const { defaultValue, defaultChecked } = /** @type {HTMLInputElement} */ (field);
      Object.assign(field, { value: defaultValue, checked: defaultChecked });
    }
    this.tellRoute();
    this.querySelector("#coach")?.replaceChildren();
  }
}

// The next person at a shared device reads nothing of this one's.
document.addEventListener("submit", (event) => {
  const person = closest(event, "form[data-person-leaves]")?.dataset.personLeaves;
  if (person) forget(draftsOf(person));
});

forgetOld();
customElements.define("heard-composer", HeardComposer);
