// Sending: one letter once, what stopped it, and the ways to send beside the button.
// @ts-check
import { freshKey, write } from "./drafts.js";
import { closest, say, swapTarget } from "./page.js";
import { tellSession } from "./session.js";

/** @typedef {import("./composer.js").HeardComposer} HeardComposer */
/** @typedef {import("./drafts.js").Kind} Kind */

export class Sending {
  /** The kind on its way. @type {Kind} */ under = "reply";
  /** Pressed already, while something has to arrive first. */ waits = false;
  once = hidden("key");
  after = hidden("after");

  /** @param {HeardComposer} composer */
  constructor(composer) {
    this.composer = composer;
    this.form = composer.form;
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    this.form.append(this.once, this.after);
    const on = (/** @type {string} */ name, /** @type {(event: CustomEvent) => void} */ act) =>
      this.form.addEventListener(name, (event) => act(/** @type {CustomEvent} */ (event)), { signal });
    on("htmx:confirm", (event) => this.confirm(event));
    on("htmx:configRequest", (event) => this.leaving(event));
    on("htmx:afterRequest", (event) => this.answered(event));
    this.form.addEventListener("click", (event) => this.clicked(event), { signal });
    const comes = (/** @type {Event} */ event) => this.comes(/** @type {CustomEvent} */ (event));
    document.addEventListener("htmx:beforeSwap", comes, { signal });
    const menu = this.form.querySelector("#send-menu");
    menu?.addEventListener("toggle", (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === "open") window.htmx.trigger(menu, "open");
    }, { signal });
  }

  /** Ctrl, Shift and Enter. */
  andClose() {
    const button = this.form.querySelector("#send-close");
    if (this.composer.kind === "note") this.form.requestSubmit();
    else if (button instanceof HTMLButtonElement) button.click();
  }

  /** The newest letter there is to see; what the page came with where none is shown. */
  newest() {
    const shown = [...document.querySelectorAll("#thread .letter[id^=message-]")];
    const ids = shown.map((one) => Number(one.id.slice("message-".length)));
    return Math.max(Number(this.form.dataset.newest ?? 0), 0, ...ids);
  }

  /** All that would be sent, as one text to compare by. */
  draft() {
    const fields = [...new FormData(this.form)].filter(([name]) => name !== "key" && name !== "after");
    const plain = fields.map(([name, one]) => [name, one instanceof File ? [one.name, one.size] : one]);
    return JSON.stringify([plain, this.composer.mine.stored.map((one) => one.id)]);
  }

  /**
   * Files on their way arrive first, and words: the version they get tells them from those of
   * another device. @param {CustomEvent} event
   */
  confirm(event) {
    const { files, keeping } = this.composer;
    if (event.detail.elt !== this.form || !(files.under.size || keeping.sent.size)) return;
    event.preventDefault();
    if (this.waits) return;
    this.waits = true;
    Promise.all([files.settled(), keeping.settled()]).then(() => {
      this.waits = false;
      event.detail.issueRequest(true);
    });
  }

  /** Other words than those of the last try are another letter. @param {CustomEvent} event */
  leaving(event) {
    if (event.detail.elt !== this.form) return;
    // The server reads no such letter to its end, so its answer might not arrive.
    if (this.composer.files.tooLarge()) return event.preventDefault();
    const { mine, shown } = this.composer;
    const draft = this.draft();
    if (mine.sent && mine.sent !== draft) mine.once = freshKey();
    mine.sent = draft;
    this.under = shown;
    const parameters = event.detail.parameters;
    parameters.key = this.once.value = mine.once;
    parameters.version = mine.version;
    if (!parameters.after) parameters.after = this.after.value = String(mine.seen || this.newest() || "");
    if (shown === "note") parameters.after = "";
    this.composer.keeping.callOff(shown);
    /** @type {HTMLElement | null} */ (this.form.querySelector("#send-menu:popover-open"))?.hidePopover();
  }

  /** @param {CustomEvent} event */
  answered(event) {
    if (event.detail.elt !== this.form) return;
    const { xhr, successful } = event.detail;
    this.crossed("");
    if (successful) {
      this.composer.complain("");
      return this.composer.clear(this.under);
    }
    // Signing out in another tab has forgotten the drafts, this one too.
    this.composer.keep();
    if (xhr.status === 409) return this.crossed(xhr.responseText);
    this.composer.complain(this.reason(xhr));
  }

  /** What somebody else wrote meanwhile. @param {string} html the server's */
  crossed(html) {
    const place = this.form.querySelector("[data-crossed]");
    if (!place) return;
    place.innerHTML = html;
    if (!html) return;
    this.composer.complain("");
    /** @type {HTMLElement | null} */ (place.querySelector("[data-change-mine]"))?.focus();
  }

  /** @param {Event} event */
  clicked(event) {
    const change = closest(event, "[data-change-mine]");
    if (!change) return;
    this.composer.mine.seen = Number(change.dataset.changeMine);
    this.crossed("");
    this.composer.keep();
    this.composer.text.focus();
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
}

/** @param {string} name */
function hidden(name) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  return field;
}

// Undo, «Reply to this», «Forward» and «Continue it» change the draft on the server: what stands in
// the composer goes along, and comes back with it.

/** @returns {HeardComposer | null} */
const composer = () => document.querySelector("heard-composer");

/** @param {string} kind */
function typedIn(kind) {
  const here = composer();
  if (!here) return "";
  here.keeping.callOff(kind === "note" ? "note" : "reply");
  return kind === here.shown ? here.text.value : here.held[kind === "note" ? "note" : "reply"].text;
}

/** @param {HTMLElement} form */
function givenUp(form) {
  const here = composer();
  if (here) write(here.key, form.dataset.drafting === "note" ? "note" : "reply", undefined);
}

document.addEventListener("htmx:configRequest", (event) => {
  const { elt, parameters } = /** @type {CustomEvent} */ (event).detail;
  if (elt.matches("[data-drafting]")) parameters.typed = typedIn(elt.dataset.drafting || "reply");
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, isError } = /** @type {CustomEvent} */ (event).detail;
  if (requestConfig.elt.matches("[data-drafting]") && !isError) givenUp(requestConfig.elt);
});
document.addEventListener("htmx:afterSettle", (event) => {
  const { requestConfig } = /** @type {CustomEvent} */ (event).detail;
  if (!requestConfig?.elt.matches?.("[data-drafting]") || !swapTarget(event)) return;
  const here = composer();
  if (!here) return;
  const to = /** @type {HTMLInputElement | null} */ (here.querySelector("input[name=to]"));
  const nobody = to && !to.value.trim();
  if (nobody) here.querySelector("#route")?.setAttribute("open", "");
  (nobody ? to : here.text).focus();
  say("The draft is in the composer.");
});
document.addEventListener("submit", (event) => {
  const form = closest(event, "form[data-drafting]:not([hx-post])");
  if (!(form instanceof HTMLFormElement)) return;
  const typed = hidden("typed");
  typed.value = typedIn(form.dataset.drafting || "reply");
  form.append(typed);
  givenUp(form);
});
