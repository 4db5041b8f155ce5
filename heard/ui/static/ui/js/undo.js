// The quiet line after an act: its Undo posts and the page looks again; after a while it goes.
// @ts-check
import { hear } from "./live.js";
import { closest } from "./page.js";

const STAYS_MS = 30_000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let leaving;

/** @returns {HTMLElement | null} */
function place() {
  return document.getElementById("undo");
}

function clear() {
  const line = place();
  // Whoever is about to press it still can.
  if (line?.matches(":hover, :focus-within")) return stay();
  line?.replaceChildren();
}

function stay() {
  clearTimeout(leaving);
  leaving = setTimeout(clear, STAYS_MS);
}

document.addEventListener("click", (event) => {
  if (!closest(event, "[data-undo-leave]")) return;
  place()?.replaceChildren();
  document.getElementById("main")?.focus();
});

document.addEventListener("htmx:oobAfterSwap", stay);
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = /** @type {CustomEvent} */ (event).detail;
  if (successful && elt instanceof Element && elt.matches("[data-undo]")) hear("heal", ["*"]);
});
if (place()?.childElementCount) stay();
