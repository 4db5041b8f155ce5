// The letters: opened at the newest, held still while new ones come, folds kept as they were.
// @ts-check
import { onEveryPart, swapTarget } from "./page.js";

const NEAR_END = 80;

/** @returns {HTMLElement | null} */
function thread() {
  return document.getElementById("thread");
}

/** @param {HTMLElement} place */
function atEnd(place) {
  return place.scrollHeight - place.scrollTop - place.clientHeight < NEAR_END;
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

/** What must look the same after the letters were fetched again. */
let before = { top: 0, end: true, letters: 0, conversation: "", open: /** @type {string[]} */ ([]) };

/** @param {Element} part @returns {string} which conversation a part belongs to */
function conversationOf(part) {
  return part.closest("[data-conversation]")?.getAttribute("data-conversation") ?? "";
}

function remember() {
  const place = thread();
  if (!place) return;
  before = {
    top: place.scrollTop,
    end: atEnd(place),
    letters: place.querySelectorAll(".letter").length,
    conversation: conversationOf(place),
    open: [...document.querySelectorAll("#desk details[open][id]")].map((fold) => fold.id),
  };
}

function restore() {
  const place = thread();
  if (!place) return;
  if (conversationOf(place) !== before.conversation) return toNewest(place);
  for (const id of before.open) document.getElementById(id)?.setAttribute("open", "");
  const more = place.querySelectorAll(".letter").length > before.letters;
  place.scrollTop = before.top;
  if (more && before.end) toNewest(place);
  else if (more) offerNewer(place);
}

document.addEventListener("htmx:beforeSwap", remember);
document.addEventListener("htmx:afterSettle", (event) => {
  const target = swapTarget(event);
  if (["thread", "desk", "memory", "conversation-head"].includes(target.id)) restore();
});

// A growing composer takes room from below: whoever was at the end stays there.
let heldEnd = true;
const room = new ResizeObserver(([entry]) => {
  if (heldEnd) entry.target.scrollTop = entry.target.scrollHeight;
});

document.addEventListener("scroll", (event) => {
  if (event.target === thread()) heldEnd = atEnd(/** @type {HTMLElement} */ (event.target));
}, { capture: true, passive: true });
onEveryPart(() => {
  const place = thread();
  room.disconnect();
  if (!place) return;
  heldEnd = atEnd(place);
  room.observe(place);
});

const first = thread();
if (first && !location.hash) toNewest(first);
