// What stands open over the page stays open when a live notice brings it anew.
// @ts-check
import { swapTarget } from "./page.js";

/** The ids of those that were open. @type {Set<string>} */
const open = new Set();

document.addEventListener("htmx:beforeSwap", (event) => {
  const part = swapTarget(event);
  if (part.matches("[popover]:popover-open")) open.add(part.id);
});
// In the same step as the swap, so that nobody sees it go.
document.addEventListener("htmx:afterSwap", (event) => {
  const { id } = swapTarget(event);
  const part = document.getElementById(id);
  if (open.delete(id) && part?.matches("[popover]:not(:popover-open)")) part.showPopover();
});
