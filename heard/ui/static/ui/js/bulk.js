// Choosing rows, and what can be done with those chosen. What is chosen stays chosen while the list
// refreshes itself.
// @ts-check
import { closest, onEveryPart, say } from "./page.js";
import { rows } from "./list.js";

/** The ids of the rows chosen. @type {Set<string>} */
const chosen = new Set();
let matching = false;

/** @returns {HTMLInputElement[]} */
function boxes() {
  return [...document.querySelectorAll("[data-select]")].map((one) => /** @type {HTMLInputElement} */ (one));
}

/** Shows what is chosen, on every row and in the line under the list. */
function show() {
  for (const box of boxes()) box.checked = chosen.has(box.value);
  const bar = /** @type {HTMLElement | null} */ (document.querySelector("heard-bulk"));
  if (!bar) return;
  bar.hidden = !chosen.size && !matching;
  const count = bar.querySelector("[data-chosen]");
  if (count) count.textContent = matching ? "All that match" : String(chosen.size);
  const all = /** @type {HTMLInputElement | null} */ (bar.querySelector("[data-select-all]"));
  if (all) all.checked = boxes().length > 0 && boxes().every((box) => box.checked);
  if (!bar.hidden) window.htmx.trigger(bar.querySelector(".bulk-form"), "chosen");
}

/** @param {string} id @param {boolean} on */
function choose(id, on) {
  if (on) chosen.add(id);
  else chosen.delete(id);
  show();
}

function none() {
  chosen.clear();
  matching = false;
  const all = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-select-matching]"));
  if (all) all.checked = false;
  show();
}

/** Chooses the row that the keyboard is on, or lets it go. */
export function chooseHere() {
  const here = rows().find((row) => row.contains(document.activeElement));
  const open = here ?? rows().find((row) => row.querySelector("[aria-current]"));
  const id = open?.dataset.row;
  if (!id) return;
  choose(id, !chosen.has(id));
  say(chosen.has(id) ? `Chosen, ${chosen.size} in all` : `Not chosen, ${chosen.size} in all`);
}

/** Shows only the field that the chosen act takes. */
function shape() {
  const act = /** @type {HTMLSelectElement | null} */ (document.querySelector("[data-bulk-act]"));
  const takes = act?.selectedOptions[0]?.dataset.takes ?? "";
  for (const field of document.querySelectorAll("#bulk select[data-takes]")) {
    const select = /** @type {HTMLSelectElement} */ (field);
    select.hidden = select.disabled = select.dataset.takes !== takes;
  }
}

document.addEventListener("change", (event) => {
  const box = /** @type {HTMLInputElement} */ (event.target);
  if (box.matches("[data-select]")) choose(box.value, box.checked);
  if (box.matches("[data-select-all]")) {
    for (const one of boxes()) box.checked ? chosen.add(one.value) : chosen.delete(one.value);
    show();
  }
  if (box.matches("[data-select-matching]")) {
    matching = box.checked;
    show();
  }
  if (box.matches("[data-bulk-act]")) shape();
});
document.addEventListener("click", (event) => {
  if (closest(event, "[data-select-none]")) none();
});
document.addEventListener("htmx:configRequest", (event) => {
  const { elt, parameters } = /** @type {CustomEvent} */ (event).detail;
  if (elt.id === "bulk") parameters.ids = [...chosen];
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = /** @type {CustomEvent} */ (event).detail;
  if (elt.id === "bulk" && successful) none();
});
onEveryPart(() => {
  show();
  shape();
});
