// The rail and the memory stand still where there is room, and then their button folds them
// away for good; elsewhere they are popovers and the browser opens and closes them.
// @ts-check
import { closest } from "./page.js";

const wide = window.matchMedia("(width >= 1200px)");

document.addEventListener("click", (event) => {
  const button = closest(event, "[data-fold]");
  const column = button?.dataset.fold;
  if (!column || !wide.matches) return;
  event.preventDefault();
  const { dataset } = document.documentElement;
  if (dataset[column] === "folded") delete dataset[column];
  else dataset[column] = "folded";
  localStorage.setItem(`heard:${column}`, dataset[column] ?? "");
});

wide.addEventListener("change", () => {
  for (const open of document.querySelectorAll(".rail:popover-open, .memory:popover-open")) {
    /** @type {HTMLElement} */ (open).hidePopover();
  }
});

// Following a link inside the memory ends at the letter, not behind the card that covers it.
document.addEventListener("click", (event) => {
  const link = closest(event, ".memory:popover-open a[href^='#']");
  /** @type {HTMLElement | null} */ (link?.closest(".memory") ?? null)?.hidePopover();
});
