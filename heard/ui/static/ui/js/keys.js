// One letter, one act; never while someone types.
// @ts-check
import { chooseHere } from "./bulk.js";
import { rows } from "./list.js";

/** @param {number} step */
function move(step) {
  const all = rows().map((row) => /** @type {HTMLElement} */ (row.querySelector(".row")));
  if (!all.length) return;
  const here = all.findIndex((row) => row === document.activeElement);
  const open = all.findIndex((row) => row.hasAttribute("aria-current"));
  const from = here >= 0 ? here : open;
  all[Math.max(0, Math.min(all.length - 1, from + step))]?.focus();
}

/** @param {"reply" | "note"} kind */
function write(kind) {
  const choice = document.querySelector(`#composer [value="${kind}"]`);
  if (choice instanceof HTMLInputElement && !choice.disabled) choice.click();
  document.getElementById("draft")?.focus();
}

function assignToMe() {
  const select = document.getElementById("assignee");
  if (!(select instanceof HTMLSelectElement)) return;
  select.value = select.dataset.me ?? "";
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

function showKeys() {
  const dialog = document.getElementById("keys");
  if (dialog instanceof HTMLDialogElement) dialog.showModal();
}

/** @type {Record<string, () => void>} */
const acts = {
  j: () => move(1),
  k: () => move(-1),
  r: () => write("reply"),
  n: () => write("note"),
  a: assignToMe,
  e: () => /** @type {HTMLElement | null} */ (document.querySelector("[data-key='e']"))?.click(),
  f: () => /** @type {HTMLElement | null} */ (document.querySelector("[data-key='f']"))?.click(),
  h: () => /** @type {HTMLElement | null} */ (document.querySelector("[data-key='h']"))?.click(),
  q: () => /** @type {HTMLElement | null} */ (document.querySelector("[data-key='q']"))?.click(),
  x: chooseHere,
  v: () => /** @type {HTMLElement | null} */ (document.querySelector("[data-key='v']"))?.click(),
  "/": () => document.getElementById("search")?.focus(),
  "?": showKeys,
};

/** @param {EventTarget | null} target */
function typing(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches("textarea, select, input:not([type='radio'], [type='checkbox'])"));
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) {
    /** @type {HTMLElement} */ (event.target).blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
