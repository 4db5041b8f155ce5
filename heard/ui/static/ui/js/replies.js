// Saved replies and macros in the composer: a / at the start of a line, or the button, offers them by
// a list one can type into. The words come filled for this conversation; what has no value is a gap,
// which is marked so that one types over it.
// @ts-check
import { closest, say } from "./page.js";
import { fit } from "./palette.js";

/** @typedef {{id: number, name: string, shortcut: string, text: string}} Reply */
/** @typedef {{id: number, name: string, does: string}} Macro */
/** @typedef {{replies: Reply[], macros: Macro[]}} Offered */
/** @typedef {{label: string, more: string, take: () => void}} Offer */

const MOST = 8;
const LONGEST_LOOK = 60;
const GAP_PX = 4;
const MOST_PX = 400;
const GAP = /\[(?:customer|agent|conversation|inbox)\.\w+\?\]/;

/** What a conversation is offered: asked for at the first look. @type {Map<string, Promise<Offered>>} */
const known = new Map();

/** @param {string} conversation @returns {Promise<Offered>} */
function offered(conversation) {
  const asked = known.get(conversation) ?? fetch(`/conversations/${conversation}/replies`)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .catch(() => {
      known.delete(conversation);
      return { replies: [], macros: [] };
    });
  known.set(conversation, asked);
  return asked;
}

/** @param {Element} part @returns {string} */
function conversationOf(part) {
  return part.closest("[data-conversation]")?.getAttribute("data-conversation") ?? "";
}

/**
 * The list on the screen. `at`: where the look begins, behind the slash if `slash`.
 * @type {{field: HTMLTextAreaElement, at: number, slash: boolean, list: HTMLElement, offers: Offer[], marked: number} | null}
 */
let shown = null;
/** Where somebody has left the list with Escape: it stays away there. @type {number | null} */
let left = null;
/** Counts what was typed: an answer that comes after the next letter is late. */
let typed = 0;

function close() {
  if (!shown) return;
  shown.list.remove();
  for (const name of ["aria-expanded", "aria-controls", "aria-activedescendant", "aria-autocomplete"]) {
    shown.field.removeAttribute(name);
  }
  shown = null;
}

/** @param {number} at */
function mark(at) {
  if (!shown?.offers.length) return;
  const options = [...shown.list.children];
  shown.marked = (at + options.length) % options.length;
  options.forEach((one, index) => one.setAttribute("aria-selected", String(index === shown?.marked)));
  options[shown.marked].scrollIntoView({ block: "nearest" });
  shown.field.setAttribute("aria-activedescendant", options[shown.marked].id);
}

/** @param {Offer} offer @param {number} index */
function option(offer, index) {
  const item = document.createElement("li");
  item.id = `offer-${index}`;
  item.setAttribute("role", "option");
  const name = Object.assign(document.createElement("b"), { textContent: offer.label, dir: "auto" });
  const more = Object.assign(document.createElement("span"), { textContent: offer.more, dir: "auto" });
  item.append(name, more);
  return item;
}

/** Over the field, as far as there is room. @param {HTMLElement} list @param {HTMLElement} field */
function place(list, field) {
  const { left, top, width } = field.getBoundingClientRect();
  list.style.left = `${left}px`;
  list.style.maxWidth = `${width}px`;
  list.style.bottom = `${window.innerHeight - top + GAP_PX}px`;
  list.style.maxHeight = `${Math.min(top - 2 * GAP_PX, MOST_PX)}px`;
}

/** @param {HTMLTextAreaElement} field */
function listFor(field) {
  const list = document.createElement("ul");
  list.id = "offers";
  list.className = "mentions offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Saved replies and macros");
  // Over everything, because the composer shows nothing beyond its edges.
  list.popover = "manual";
  field.before(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "true");
  return list;
}

/**
 * Puts words where the look stood, or at the caret, and marks the first gap in them.
 * @param {HTMLTextAreaElement} field @param {string} text @param {number} start
 */
function insert(field, text, start) {
  const end = field.selectionStart;
  close();
  field.focus();
  field.setSelectionRange(start, end);
  // The browser's own way of typing, so that Ctrl and Z takes it back.
  const done = start === end && !text || document.execCommand(text ? "insertText" : "delete", false, text);
  if (!done) field.setRangeText(text, start, end, "end");
  const gap = GAP.exec(text);
  if (gap) field.setSelectionRange(start + gap.index, start + gap.index + gap[0].length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  typed += 1;
  if (gap) say(`${gap[0]} has no value here. Write over it.`);
}

/** Where the words that are looked for begin, with the slash if one was typed. */
function beginning() {
  return shown ? shown.at - Number(shown.slash) : 0;
}

/** @param {Reply} reply @returns {Offer} */
function replyOffer(reply) {
  return {
    label: reply.name,
    more: `${reply.shortcut ? `/${reply.shortcut} · ` : ""}${reply.text}`,
    take: () => {
      if (!shown) return;
      insert(shown.field, reply.text, beginning());
      count(reply.id);
    },
  };
}

/** @param {number} reply */
function count(reply) {
  window.htmx.ajax("POST", `/replies/${reply}/use`, { source: "#said", swap: "none" });
}

/** @param {Macro} macro @returns {Offer} */
function macroOffer(macro) {
  return {
    label: `Macro: ${macro.name}`,
    more: macro.does,
    take: () => {
      if (!shown) return;
      const { field } = shown;
      insert(field, "", beginning());
      open(conversationOf(field));
    },
  };
}

/** The dialog that says what each macro will do. @param {string} conversation */
async function open(conversation) {
  const dialog = document.getElementById("macros");
  if (!(dialog instanceof HTMLDialogElement)) return;
  await window.htmx.ajax("GET", `/conversations/${conversation}/macros`, { target: dialog, swap: "innerHTML" });
  if (dialog.isConnected && !dialog.open) dialog.showModal();
}

/** @param {Offered} all @param {string} look @returns {Offer[]} */
function found(all, look) {
  const words = look.toLowerCase().split(/\s+/).filter(Boolean);
  const offers = [...all.replies.map(replyOffer), ...all.macros.map(macroOffer)];
  const fitting = offers.map((one, order) => ({ one, order, fits: fit(one, words) })).filter(({ fits }) => fits >= 0);
  fitting.sort((a, b) => b.fits - a.fits || a.order - b.order);
  return fitting.slice(0, MOST).map(({ one }) => one);
}

/** @param {HTMLTextAreaElement} field @returns {{at: number, slash: boolean, look: string} | null} what is looked for */
function lookIn(field) {
  const before = field.value.slice(0, field.selectionStart);
  if (shown && !shown.slash && shown.field === field && field.selectionStart >= shown.at) {
    const look = before.slice(shown.at);
    return look.includes("\n") ? null : { at: shown.at, slash: false, look };
  }
  const begun = /(?:^|\n)\/([^\n/]*)$/.exec(before);
  if (!begun || begun[1].length > LONGEST_LOOK) return null;
  return { at: before.length - begun[1].length, slash: true, look: begun[1] };
}

/** @param {HTMLTextAreaElement} field @param {{at: number, slash: boolean, look: string}} look */
async function offer(field, look) {
  const mine = (typed += 1);
  const offers = found(await offered(conversationOf(field)), look.look);
  if (mine !== typed) return;
  close();
  if (!offers.length) return;
  shown = { field, at: look.at, slash: look.slash, list: listFor(field), offers, marked: 0 };
  shown.list.append(...offers.map(option));
  shown.list.showPopover();
  place(shown.list, field);
  mark(0);
}

/** @param {Event} event @returns {HTMLTextAreaElement | null} */
function draftOf(event) {
  const field = closest(event, "#draft");
  return field instanceof HTMLTextAreaElement ? field : null;
}

document.addEventListener("input", (event) => {
  const field = draftOf(event);
  const look = field && lookIn(field);
  if (!field || !look) {
    left = null;
    typed += 1;
    return close();
  }
  if (left !== look.at) offer(field, look);
});

document.addEventListener("keydown", (event) => {
  if (!shown || event.target !== shown.field || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowDown") mark(shown.marked + 1);
  else if (event.key === "ArrowUp") mark(shown.marked - 1);
  else if (event.key === "Enter" || event.key === "Tab") shown.offers[shown.marked].take();
  else if (event.key === "Escape") {
    left = shown.at;
    close();
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });

// Before the field loses its focus, so that the words stay under the caret.
document.addEventListener("pointerdown", (event) => {
  const item = closest(event, "#offers [role=option]");
  if (!item) return shown && !closest(event, "[data-replies]") ? close() : undefined;
  event.preventDefault();
  shown?.offers[Number(item.id.split("-").pop())]?.take();
});
document.addEventListener("focusout", (event) => {
  if (event.target === shown?.field) close();
});

// The button: the list stands at the caret, and what is typed from there on is looked for.
document.addEventListener("click", (event) => {
  const button = closest(event, "[data-replies]");
  const field = button?.closest("form")?.querySelector("#draft");
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.focus();
  offer(field, { at: field.selectionStart, slash: false, look: "" });
});

// A macro that was run may bring words for the letter.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = /** @type {CustomEvent} */ (event).detail;
  const form = elt instanceof Element ? elt.closest("#macros form") : null;
  const dialog = form?.closest("dialog");
  if (!(form instanceof HTMLElement) || !(dialog instanceof HTMLDialogElement) || !successful) return;
  const field = document.getElementById("draft");
  dialog.close();
  if (!form.dataset.inserts || !(field instanceof HTMLTextAreaElement)) return;
  const before = field.value.slice(0, field.selectionStart);
  const apart = before && !before.endsWith("\n") ? "\n\n" : "";
  insert(field, apart + form.dataset.inserts, field.selectionStart);
});
