// The small card of a marked span: what was heard, why, how sure. On hover, focus and tap.
// @ts-check
import { closest } from "./page.js";

const GAP = 8;

/** @type {HTMLElement | null} */
let shown = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

const card = document.createElement("div");
card.id = "sign-card";
card.className = "sign-card";
card.setAttribute("role", "tooltip");
card.popover = "manual";
document.body.append(card);

/** @param {string} className @param {string} words */
function line(className, words) {
  const paragraph = document.createElement("p");
  paragraph.className = className;
  paragraph.textContent = words;
  return paragraph;
}

/** @param {HTMLElement} mark */
function show(mark) {
  if (shown === mark) return;
  hide();
  shown = mark;
  mark.setAttribute("aria-describedby", card.id);
  card.dataset.family = mark.dataset.family;
  card.replaceChildren(
    line("sign-kind", mark.dataset.kind ?? ""),
    line("sign-why", mark.dataset.why ?? ""),
    line("sign-sure", mark.dataset.sure ?? ""),
  );
  card.showPopover();
  place(mark);
}

/** Below the words, or above where there is no room; never off the side. @param {HTMLElement} mark */
function place(mark) {
  const [line] = mark.getClientRects();
  if (!line) return hide();
  const room = card.getBoundingClientRect();
  const below = line.bottom + GAP;
  const fits = below + room.height < window.innerHeight - GAP;
  card.style.top = `${fits ? below : Math.max(GAP, line.top - room.height - GAP)}px`;
  const furthest = window.innerWidth - room.width - GAP;
  card.style.left = `${Math.max(GAP, Math.min(line.left, furthest))}px`;
}

function hide() {
  clearTimeout(waiting);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  if (card.matches(":popover-open")) card.hidePopover();
}

document.addEventListener("pointerover", (event) => {
  const mark = closest(event, ".sign");
  if (!mark || event.pointerType === "touch") return;
  clearTimeout(waiting);
  waiting = setTimeout(() => show(mark), 120);
});
document.addEventListener("pointerout", (event) => {
  if (closest(event, ".sign") && document.activeElement !== shown) hide();
});
document.addEventListener("focusin", (event) => {
  const mark = closest(event, ".sign");
  if (mark) show(mark);
  else hide();
});
document.addEventListener("focusout", (event) => {
  if (closest(event, ".sign")) hide();
});
document.addEventListener("click", (event) => {
  const mark = closest(event, ".sign");
  if (mark) show(mark);
  else hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
document.addEventListener("scroll", hide, { capture: true, passive: true });
document.addEventListener("htmx:beforeSwap", hide);
