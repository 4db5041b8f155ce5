// Menus: popovers with a list of acts, under the button that opens them. Arrow keys move in them,
// Escape closes; what the server refuses is told inside, and nothing typed is lost.
// @ts-check
import { closest, swapTarget } from "./page.js";

const GAP = 6;
// Times to choose from are drawn again when they are older: "tomorrow" does not stay tomorrow.
const STALE_S = 300;

/** @param {HTMLElement} menu */
function openerOf(menu) {
  return document.getElementById(menu.dataset.under ?? "");
}

/** Under its opener, inside the window. @param {HTMLElement} menu */
function place(menu) {
  const from = openerOf(menu)?.getBoundingClientRect();
  if (!from) return;
  const { width, height } = menu.getBoundingClientRect();
  const below = from.bottom + GAP;
  const fits = below + height < window.innerHeight - GAP;
  menu.style.top = `${Math.max(GAP, fits ? below : window.innerHeight - height - GAP)}px`;
  const left = from.left + width < window.innerWidth - GAP ? from.left : from.right - width;
  menu.style.left = `${Math.max(GAP, Math.min(left, window.innerWidth - width - GAP))}px`;
}

/** What is out of sight keeps no place of its own: the content policy lets no page bring one. @param {HTMLElement} menu */
function close(menu) {
  if (menu.matches(":popover-open")) menu.hidePopover();
  menu.removeAttribute("style");
}

/** @param {HTMLElement} menu @returns {HTMLElement[]} */
function entries(menu) {
  return /** @type {HTMLElement[]} */ ([...menu.querySelectorAll(".menu-entry, .button--entry")]);
}

/** @param {HTMLElement} menu */
async function refresh(menu) {
  const drawn = Number(menu.dataset.drawn ?? Infinity);
  const part = menu.closest("[hx-get]");
  if (!part || Date.now() / 1000 - drawn < STALE_S) return;
  const answer = await fetch(part.getAttribute("hx-get") ?? "", { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(menu.id);
  if (!fresh) return;
  menu.replaceChildren(...fresh.childNodes);
  menu.dataset.drawn = fresh.dataset.drawn;
  window.htmx.process(menu);
  entries(menu)[0]?.focus();
}

// The toggle of a popover does not bubble.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!(menu instanceof HTMLElement) || !menu.matches(".menu")) return;
  const open = menu.matches(":popover-open");
  openerOf(menu)?.setAttribute("aria-expanded", String(open));
  if (!open) return close(menu);
  place(menu);
  const field = menu.querySelector("[data-combobox]");
  if (field) window.htmx.trigger(field, "open");
  else entries(menu)[0]?.focus();
  refresh(menu);
}, { capture: true });

/** @type {Record<string, (at: number, all: number) => number>} */
const steps = {
  ArrowDown: (at, all) => (at + 1) % all,
  ArrowUp: (at, all) => (at - 1 + all) % all,
  Home: () => 0,
  End: (_, all) => all - 1,
};

document.addEventListener("keydown", (event) => {
  const menu = closest(event, ".menu");
  const step = steps[event.key];
  if (!menu || !step || closest(event, "input, textarea, select")) return;
  const all = entries(menu);
  if (!all.length) return;
  event.preventDefault();
  all[step(all.findIndex((one) => one === document.activeElement), all.length)]?.focus();
});

/** Opens a menu by the button that belongs to it. @param {string} id */
export function openMenu(id) {
  const menu = document.getElementById(id);
  if (!menu) return;
  for (const other of document.querySelectorAll(".menu:popover-open")) {
    close(/** @type {HTMLElement} */ (other));
  }
  openerOf(menu)?.focus();
  menu.showPopover();
}

document.addEventListener("click", (event) => {
  const entry = closest(event, "[data-menu]");
  if (entry) openMenu(entry.dataset.menu ?? "");
});

// Closed first, so that focus is on the opener, which htmx finds again in what it brings.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = /** @type {CustomEvent} */ (event);
  if (!detail.shouldSwap) return;
  for (const menu of swapTarget(event).querySelectorAll(".menu:popover-open")) {
    const had = menu.contains(document.activeElement);
    close(/** @type {HTMLElement} */ (menu));
    if (had) openerOf(/** @type {HTMLElement} */ (menu))?.focus();
  }
});

// A sentence of the server's stands where the form has a place for it, or in the quiet line.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful, xhr } = /** @type {CustomEvent} */ (event).detail;
  if (!(elt instanceof HTMLFormElement) || elt.matches("#composer")) return;
  const plain = xhr.getResponseHeader("Content-Type")?.startsWith("text/plain");
  const own = /** @type {HTMLElement | null} */ (elt.querySelector("[data-refused]"));
  if (own) own.hidden = successful;
  if (successful || xhr.status !== 422 || !plain) return;
  const line = own ?? document.getElementById("undo");
  if (line && !own) line.replaceChildren(Object.assign(document.createElement("p"), { className: "undo" }));
  const words = own ?? line?.firstElementChild;
  if (words) words.textContent = xhr.responseText;
});
