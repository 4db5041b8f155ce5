// Dialogs: the page's own ones, and a letter's original in a frame that can run nothing
// (same origin, so that it may fetch its own pictures; without allow-scripts that lets nothing out).
// @ts-check
import { closest } from "./page.js";

/** @param {string} title @param {string} address */
function showFrame(title, address) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog dialog--frame";
  dialog.innerHTML = `<header class="dialog-head"><h2></h2><form method="dialog">
    <button class="button button--quiet button--small">Close</button></form></header>
    <iframe sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>`;
  const [heading, frame] = [dialog.querySelector("h2"), dialog.querySelector("iframe")];
  if (heading) heading.textContent = title;
  if (frame) {
    frame.title = title;
    frame.src = address;
  }
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = closest(event, "[data-open]");
  const dialog = document.getElementById(opener?.dataset.open ?? "");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
});

document.addEventListener("click", (event) => {
  const link = closest(event, "a[data-frame]");
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  showFrame(`The letter as ${link.dataset.frame} sent it`, link.href);
});

// A click on the veil closes, as Escape does.
document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement) event.target.close();
});

document.addEventListener("submit", (event) => {
  const form = closest(event, "[data-confirm]");
  if (form && !window.confirm(form.dataset.confirm)) event.preventDefault();
}, { capture: true });
