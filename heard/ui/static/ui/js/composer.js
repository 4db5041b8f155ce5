// The composer: two kinds of draft in one place, kept as typed, sent on Ctrl or Cmd and Enter, with
// the coach beside. What it consists of lies in drafts.js, keeping.js, files.js, route.js, sending.js.
// @ts-check
import { draftsOf, empty, forget, forgetOld, held, KINDS, nameOf, read, write } from "./drafts.js";
import { Files } from "./files.js";
import { Keeping } from "./keeping.js";
import { closest } from "./page.js";
import { RouteLine } from "./route.js";
import { Sending } from "./sending.js";

const COACH_MS = 500;

/** @typedef {import("./drafts.js").Kind} Kind */
/** @typedef {import("./drafts.js").Held} Held */
/** @typedef {import("./drafts.js").Told} Told */

/**
 * @template {Element} T
 * @param {Element} whole @param {string} selector
 * @returns {T} the part the template always draws
 */
function must(whole, selector) {
  return /** @type {T} */ (whole.querySelector(selector));
}

export class HeardComposer extends HTMLElement {
  /** @type {HTMLFormElement} */ form = must(this, "form");
  /** @type {HTMLTextAreaElement} */ text = must(this, "textarea");
  key = draftsOf(this.form.dataset.person ?? "") + this.form.dataset.draft;
  /** @type {Record<Kind, Held>} */ held = { reply: empty(), note: empty() };
  /** The kind on the screen. @type {Kind} */ shown = "reply";
  reply = this.text.placeholder;
  /** The problem shown is one that a change may mend. */ complained = false;
  route = new RouteLine(this.form);
  files = new Files(this.form, () => ({ held: this.mine, kind: this.shown }),
    () => this.filesChanged(), (words) => this.complain(words));
  keeping = new Keeping(this.form.dataset.keep ?? "", (kind) => this.page(kind));
  sending = new Sending(this);
  stopped = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ coaching;

  connectedCallback() {
    const { signal } = this.stopped;
    const on = this.form.addEventListener.bind(this.form);
    on("input", (event) => this.inputIn(event), { signal });
    on("change", (event) => this.changed(event), { signal });
    on("keydown", (event) => this.pressed(event), { signal });
    on("paste", (event) => this.take(event, event.clipboardData), { signal });
    on("dragover", (event) => this.over(event, true), { signal });
    on("dragleave", (event) => this.over(event, false), { signal });
    on("drop", (event) => this.take(event, event.dataTransfer), { signal });
    on("click", (event) => this.clicked(event), { signal });
    window.addEventListener("pagehide", () => this.keeping.leave(), { signal });
    window.addEventListener("online", () => this.keeping.saveAll(), { signal });
    this.sending.listen(signal);
    this.restore();
  }

  disconnectedCallback() {
    this.stopped.abort();
    clearTimeout(this.coaching);
    this.keeping.leave();
  }

  /** @returns {Kind} */
  get kind() {
    return new FormData(this.form).get("kind") === "note" ? "note" : "reply";
  }

  get mine() {
    return this.held[this.shown];
  }

  restore() {
    /** @type {Partial<Record<Kind, Told>>} */
    const told = JSON.parse(this.form.dataset.drafts || "{}");
    const draft = read(this.key);
    for (const kind of KINDS) {
      this.held[kind] = held(draft?.[kind], told[kind]);
      if (!this.held[kind].synced && !this.held[kind].other) this.keeping.soon(kind);
    }
    const newest = KINDS.filter((kind) => told[kind]).sort((a, b) => (told[b]?.at ?? 0) - (told[a]?.at ?? 0));
    const last = [...(draft ? [draft.kind] : []), ...newest, ...KINDS].find((kind) => this.held[kind].text);
    if (last) this.choose(last);
    this.shown = this.kind;
    // What the browser brought back itself is what stood here last.
    if (this.text.value && !this.mine.text) this.mine.text = this.text.value;
    this.show();
    this.apart();
    if (this.mine.text) this.coach();
  }

  /** @param {Kind} kind */
  choose(kind) {
    const choice = /** @type {HTMLInputElement} */ (must(this.form, `[name=kind][value="${kind}"]`));
    if (!choice.disabled) choice.checked = true;
  }

  /** The other kind: what stood here waits until one comes back to it. */
  turn() {
    this.mended();
    this.mine.text = this.text.value;
    this.shown = this.kind;
    this.show();
    // The kind last looked at is the one that comes back.
    if (this.mine.text.trim()) this.keepHere();
  }

  /** Puts the words, the files and the route of the kind shown into the form. */
  show() {
    this.text.value = this.mine.text;
    this.files.show();
    this.route.show(this.held.reply.route);
    this.shape();
    this.tellKept();
  }

  keep() {
    this.mine.text = this.text.value;
    this.mine.synced = false;
    if (!this.mine.seen && this.mine.text.trim()) this.mine.seen = this.sending.newest();
    this.keepHere();
    this.keeping.soon(this.shown);
  }

  /** On this device, whatever becomes of the server. */
  keepHere() {
    const { text, version, route, synced, missing, files } = this.mine;
    const names = files.length ? files.map(nameOf) : missing;
    const words = text.trim() ? { text, files: names, version, synced, ...(route && { route }) } : undefined;
    write(this.key, this.shown, words);
    this.tellKept();
  }

  /** What keeping.js saves of a kind. @param {Kind} kind */
  page(kind) {
    const mine = this.held[kind];
    const kept = () => this.acknowledged(kind);
    return { kind, held: mine, fields: () => this.fields(kind, mine), kept, apart: () => this.apart() };
  }

  /** @param {Kind} kind @param {Held} mine */
  fields(kind, mine) {
    const fields = new URLSearchParams({
      csrfmiddlewaretoken: this.value("csrfmiddlewaretoken"), kind, text: mine.text,
      version: String(mine.version), key: mine.once, after: String(mine.seen || ""),
    });
    if (kind === "note" || !mine.route) return fields;
    for (const [name, typed] of Object.entries(mine.route)) fields.set(name, typed);
    const quote = /** @type {HTMLInputElement | null} */ (this.form.querySelector("[name=quote]"));
    if (quote?.checked) fields.set("quote", "on");
    return fields;
  }

  /** @param {string} name */
  value(name) {
    return /** @type {HTMLInputElement | null} */ (this.form.querySelector(`input[name=${name}]`))?.value ?? "";
  }

  /** The server has it. @param {Kind} kind */
  acknowledged(kind) {
    const mine = this.held[kind];
    const kept = read(this.key)?.[kind];
    if (kept) write(this.key, kind, { ...kept, version: mine.version, synced: mine.synced });
    this.tellKept();
  }

  /** The draft went on elsewhere too: both are here until one is chosen. */
  apart() {
    const place = /** @type {HTMLElement} */ (must(this, "[data-apart]"));
    place.hidden = !this.mine.other;
    const words = this.mine.other?.text ?? "";
    must(this, "[data-apart-words]").textContent = words.length > 160 ? `${words.slice(0, 160)}…` : words;
  }

  /** @param {boolean} theirs the words of the other device */
  settle(theirs) {
    const { other } = this.mine;
    if (!other) return;
    this.mine.version = other.version;
    this.mine.other = null;
    if (theirs) this.text.value = other.text;
    this.apart();
    this.keep();
    this.shape();
    this.text.focus();
  }

  /** @param {Event} event */
  inputIn(event) {
    if (event.target === this.text) return this.typed();
    if (closest(event, ".route-fields")) this.routed();
  }

  typed() {
    this.mended();
    this.keep();
    this.shape();
    this.coachSoon();
  }

  routed() {
    this.mended();
    this.held.reply.route = this.route.typed();
    this.route.tell();
    if (this.held.reply.text.trim() || this.held.reply.version) this.keep();
    this.coachSoon();
  }

  filesChanged() {
    if (this.text.value.trim()) this.keepHere();
    else this.tellKept();
    const large = this.files.tooLarge();
    if (large) this.complain(large);
    else this.mended();
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
    const words = this.text.value.trim() ? this.kept() : "";
    if (place.textContent !== words) place.textContent = words;
    place.toggleAttribute("data-files", Boolean(this.mine.files.length || this.mine.missing.length));
  }

  /** @returns {string} what outlives this page */
  kept() {
    const { files, missing, synced } = this.mine;
    if (files.length) return "Words kept on this device, files only while this page is open";
    if (missing.length) return `Words kept on this device; attach again: ${missing.join(", ")}`;
    return synced ? "Draft saved" : "Draft kept on this device";
  }

  /** @param {Event} event */
  changed(event) {
    if (event.target === this.files.input) return this.files.chosen();
    if (closest(event, "[name=kind]")) {
      this.turn();
      this.apart();
      this.text.focus();
    }
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key !== "Enter") return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      return event.shiftKey ? this.sending.andClose() : this.form.requestSubmit();
    }
    // Enter in a field of the form must not send the letter by the first button there is.
    if (event.target instanceof HTMLInputElement && !event.target.matches("[type=checkbox], [type=radio]")) {
      event.preventDefault();
      if (event.target.type === "text") this.text.focus();
    }
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
    this.files.add([...brought.files]);
  }

  /** Whatever was refused is no longer what stands here. */
  mended() {
    if (this.complained && !this.files.tooLarge()) this.complain("");
  }

  /** @param {string | Node} words empty when nothing is wrong any more */
  complain(words) {
    const problem = /** @type {HTMLElement} */ (must(this, "[data-problem]"));
    problem.hidden = !words;
    problem.replaceChildren(words);
    this.complained = Boolean(words);
  }

  /** Advice about some words leads to them. @param {Event} event */
  clicked(event) {
    const advice = closest(event, "[data-from]");
    if (advice) {
      this.text.focus();
      this.text.setSelectionRange(Number(advice.dataset.from), Number(advice.dataset.to));
    }
    const apart = closest(event, "[data-take]");
    if (apart) this.settle(apart.dataset.take === "theirs");
  }

  /** What was taken is gone from here; the other kind stays. @param {Kind} sent */
  clear(sent) {
    this.held[sent] = empty();
    write(this.key, sent, undefined);
    if (sent === "reply") this.startOver();
    if (sent !== this.shown) return;
    this.choose("reply");
    this.shown = this.kind;
    this.show();
    this.apart();
  }

  /** The next letter goes to whom this page named. */
  startOver() {
    const quote = /** @type {HTMLInputElement | null} */ (this.form.querySelector("[name=quote]"));
    if (quote) quote.checked = quote.defaultChecked;
    this.querySelector("#coach")?.replaceChildren();
    for (const line of this.form.querySelectorAll(".answering, .route-forwarded")) line.remove();
  }
}

// The next person at a shared device reads nothing of this one's.
document.addEventListener("submit", (event) => {
  const person = closest(event, "form[data-person-leaves]")?.dataset.personLeaves;
  if (person) forget(draftsOf(person));
});

forgetOld();
customElements.define("heard-composer", HeardComposer);
