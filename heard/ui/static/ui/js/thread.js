// The letters: opened at the newest, held still while new ones come, folds kept as they were.
// @ts-check
import { closest, onEveryPart, swapTarget } from "./page.js";

const NEAR_END = 80;

/** @returns {HTMLElement | null} */
function thread() {
  return document.getElementById("thread");
}

/** @param {HTMLElement} place @returns {number} how much lies below what is seen, in pixels */
function below(place) {
  return place.scrollHeight - place.clientHeight - place.scrollTop;
}

/** @param {HTMLElement} place */
function atEnd(place) {
  return below(place) < NEAR_END;
}

/** To the end, but never past the start of the newest letter. @param {HTMLElement} place */
function toNewest(place) {
  const letters = place.querySelectorAll(".letter");
  const newest = /** @type {HTMLElement | undefined} */ (letters[letters.length - 1]);
  place.scrollTop = place.scrollHeight;
  if (!newest || newest.offsetHeight < place.clientHeight) return;
  place.scrollTop += newest.getBoundingClientRect().top - place.getBoundingClientRect().top;
}

/** @param {HTMLElement} place */
function offerNewer(place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--main newer";
  button.textContent = "New letter below";
  button.addEventListener("click", () => toNewest(place));
  place.append(button);
  place.addEventListener("scroll", () => atEnd(place) && button.remove());
}

/**
 * Nobody has pointed, turned or pressed anything since the conversation opened: times written in
 * and lines that wrap anew may still move the letters, and the newest stays in view.
 */
let untouched = !location.hash;
for (const name of ["pointerdown", "wheel", "keydown"]) {
  document.addEventListener(name, (event) => {
    if (!closest(event, "#composer")) untouched = false;
  }, { capture: true, passive: true });
}

/** @typedef {{top: number, below: number, end: boolean, letters: number, first: string}} Scroll */
/** @typedef {{conversation: string, open: string[], scroll: Scroll | null}} Kept */

/**
 * What must look the same after a part was fetched again, by the part's id: several parts refresh
 * at once, and one's swap must not forget what another was waiting to put back.
 * @type {Map<string, Kept>}
 */
const kept = new Map();
const PARTS = ["thread", "desk", "memory", "presence"];

/** @param {Element | null} part @returns {string} which conversation stands on the desk */
function conversationOn(part) {
  const here = part?.closest("#desk")?.querySelector("[data-conversation]");
  return here?.getAttribute("data-conversation") ?? "";
}

/** @param {HTMLElement} place @returns {Scroll} */
function scrollOf(place) {
  const letters = place.querySelectorAll(".letter");
  const first = letters[0]?.id ?? "";
  return { top: place.scrollTop, below: below(place), end: atEnd(place), letters: letters.length, first };
}

/** @param {string} id */
function remember(id) {
  const part = document.getElementById(id);
  const place = thread();
  if (!part) return;
  kept.set(id, {
    conversation: conversationOn(part),
    open: [...part.querySelectorAll("details[open][id]")].map((fold) => fold.id),
    scroll: place && part.contains(place) ? scrollOf(place) : null,
  });
}

/** @param {HTMLElement} place @param {Scroll} scroll */
function putBack(place, scroll) {
  // Earlier letters came in above: what one reads stays where it is.
  if (scrollOf(place).first !== scroll.first) {
    place.scrollTop = place.scrollHeight - place.clientHeight - scroll.below;
    return;
  }
  const more = place.querySelectorAll(".letter").length > scroll.letters;
  if (more && scroll.end) return toNewest(place);
  place.scrollTop = scroll.end ? place.scrollHeight - place.clientHeight - scroll.below : scroll.top;
  if (!more) return;
  untouched = false;
  offerNewer(place);
}

/** @param {HTMLElement} place */
function open(place) {
  untouched = true;
  toNewest(place);
}

/** @param {string} id */
function restore(id) {
  const was = kept.get(id);
  const part = document.getElementById(id);
  const place = thread();
  // htmx tells of one swap once for every piece it brought.
  if (!was || !part || !kept.delete(id)) return;
  const brought = place && part.contains(place) ? place : null;
  const same = conversationOn(part) === was.conversation;
  if (same) for (const fold of was.open) document.getElementById(fold)?.setAttribute("open", "");
  // The desk is brought when someone opens a conversation; the letters alone when they changed.
  if (brought && was.scroll && same && id !== "desk") putBack(brought, was.scroll);
  else if (brought) open(brought);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { id } = swapTarget(event);
  if (PARTS.includes(id)) remember(id);
});
// At once, so that nobody sees the start of the letters flash by; the rest when all is settled.
document.addEventListener("htmx:afterSwap", (event) => {
  const scroll = kept.get(swapTarget(event).id)?.scroll;
  const place = thread();
  if (scroll && place) place.scrollTop = scroll.top;
});
document.addEventListener("htmx:afterSettle", (event) => restore(swapTarget(event).id));

// A growing composer takes room from below: whoever was at the end stays there.
let heldEnd = true;
let heldBelow = 0;

/** @param {HTMLElement} place */
function hold(place) {
  heldEnd = atEnd(place);
  heldBelow = below(place);
}

const room = new ResizeObserver((entries) => {
  const place = thread();
  if (!place) return;
  if (untouched) return toNewest(place);
  const resized = entries.some((entry) => entry.target === place);
  if (resized && heldEnd) place.scrollTop = place.scrollHeight - place.clientHeight - heldBelow;
});

document.addEventListener("scroll", (event) => {
  if (event.target === thread()) hold(/** @type {HTMLElement} */ (event.target));
}, { capture: true, passive: true });
onEveryPart(() => {
  const place = thread();
  room.disconnect();
  if (!place) return;
  hold(place);
  room.observe(place);
  if (place.firstElementChild) room.observe(place.firstElementChild);
});

const first = thread();
if (first && untouched) toNewest(first);
