// A page shown as a dialog over the one that links to it: a[data-sheet=id] fills the dialog #id.
// Without scripts the link leads to the page itself.
// @ts-check
import { closest, swapTarget } from "./page.js";

/** @param {HTMLAnchorElement} link @param {HTMLDialogElement} dialog */
async function open(link, dialog) {
  await window.htmx.ajax("GET", link.href, { target: dialog, swap: "innerHTML" });
  if (dialog.isConnected && !dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = closest(event, "a[data-sheet]");
  const dialog = document.getElementById(link?.dataset.sheet ?? "");
  if (!(link instanceof HTMLAnchorElement) || !(dialog instanceof HTMLDialogElement)) return;
  if (event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  open(link, dialog);
});

document.addEventListener("click", (event) => {
  const button = closest(event, "dialog [data-close]");
  /** @type {HTMLDialogElement | null} */ (button?.closest("dialog") ?? null)?.close();
});

// What was refused is said in the dialog, and everything typed stays.
document.addEventListener("htmx:responseError", (event) => {
  const { elt, xhr } = /** @type {CustomEvent} */ (event).detail;
  const problem = elt instanceof Element ? elt.closest("dialog")?.querySelector("[data-problem]") : null;
  if (!problem || xhr.status !== 422) return;
  problem.textContent = xhr.responseText;
  problem.toggleAttribute("hidden", false);
});

// Whoever sent a dialog's form goes on where the conversation begins.
let sent = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt } = /** @type {CustomEvent} */ (event).detail.requestConfig;
  sent = swapTarget(event).id === "desk" && elt instanceof Element && Boolean(elt.closest("dialog"));
});
document.addEventListener("htmx:afterSettle", () => {
  if (sent) document.getElementById("subject")?.focus();
  sent = false;
});
