// A field with a list of what it may mean, as the ARIA combobox pattern has it: the list is moved
// through by arrow keys while the focus stays in the field, and Enter takes the marked one.
// @ts-check
import { closest, swapTarget } from "./page.js";

/** @param {Element} field @returns {HTMLElement | null} */
function listOf(field) {
  return document.getElementById(field.getAttribute("aria-controls") ?? "");
}

/** @param {Element} field @returns {HTMLElement[]} */
function options(field) {
  const all = listOf(field)?.querySelectorAll("[role=option]:not([aria-disabled], [hidden])") ?? [];
  return /** @type {HTMLElement[]} */ ([...all]);
}

/** @param {Element} field @returns {HTMLElement | undefined} */
function marked(field) {
  return options(field).find((one) => one.getAttribute("aria-selected") === "true");
}

/** Marks an option, or none. @param {Element} field @param {HTMLElement} [option] */
export function mark(field, option) {
  for (const one of options(field)) one.setAttribute("aria-selected", String(one === option));
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

/** Marks the first one. @param {Element} field */
export function markFirst(field) {
  mark(field, options(field)[0]);
}

/**
 * Takes an option: `pick` tells whoever cares; a field in a form of its own sends it.
 * @param {HTMLElement} field @param {HTMLElement} option
 */
function pick(field, option) {
  const told = new CustomEvent("pick", { bubbles: true, cancelable: true, detail: option });
  if (!field.dispatchEvent(told) || !(field instanceof HTMLInputElement)) return;
  field.value = option.dataset.value ?? option.textContent ?? "";
  field.form?.requestSubmit();
}

document.addEventListener("keydown", (event) => {
  const field = closest(event, "[data-combobox]");
  if (!field || event.isComposing) return;
  const all = options(field);
  const at = all.findIndex((one) => one === marked(field));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark(field, all[(at + step + all.length) % all.length]);
  } else if (event.key === "Enter" && all[at]) {
    event.preventDefault();
    pick(field, all[at]);
  }
});

/** @param {Event} event @returns {[HTMLElement, HTMLElement] | null} the field and the option */
function pointed(event) {
  const option = closest(event, "[role=option]:not([aria-disabled])");
  const list = option?.closest("[role=listbox]");
  const field = list && document.querySelector(`[data-combobox][aria-controls="${list.id}"]`);
  return option && field instanceof HTMLElement ? [field, option] : null;
}

// The field keeps the focus while its list is pointed at.
document.addEventListener("mousedown", (event) => {
  if (pointed(event)) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const found = pointed(event);
  if (found) pick(...found);
});
document.addEventListener("mousemove", (event) => {
  const found = pointed(event);
  if (found) mark(...found);
});

document.addEventListener("htmx:afterSettle", (event) => {
  const { id } = swapTarget(event);
  const field = id && document.querySelector(`[data-combobox][aria-controls="${id}"]`);
  if (field) markFirst(field);
});
