// The list: which row is open, the filter, and rows loaded by "Show more" kept through refreshes.
// @ts-check
import { closest, onEveryPart, swapTarget } from "./page.js";

/** @returns {NodeListOf<HTMLElement>} */
function loaded() {
  return document.querySelectorAll(".row-list > li[data-row]");
}

/** Those the filter lets through. */
export function rows() {
  return [...loaded()].filter((row) => !row.hidden);
}

function markOpen() {
  const open = document.getElementById("conversation")?.dataset.conversation;
  for (const row of loaded()) {
    const link = row.querySelector(".row");
    if (row.getAttribute("data-row") === open) {
      link?.setAttribute("aria-current", "true");
      link?.classList.remove("row--unread");
    } else {
      link?.removeAttribute("aria-current");
    }
  }
}

/** What a row is found by: what it shows, and whose it is. @param {HTMLElement} row */
function wordsOf(row) {
  return `${row.textContent ?? ""} ${row.dataset.foundBy ?? ""}`.toLowerCase();
}

function filter() {
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById("filter"));
  const wanted = field?.value.trim().toLowerCase() ?? "";
  const all = loaded();
  for (const row of all) row.hidden = !wordsOf(row).includes(wanted);
  // It is no search, so it says in how many rows it looks.
  if (field) field.placeholder = all.length > 1 ? `Filter these ${all.length}` : "Filter these";
  const none = document.getElementById("none-match");
  if (none) none.hidden = !wanted || rows().length > 0;
}

/** Rows past the first page, and the button after them. @type {Element[]} */
let tail = [];
let scrolled = 0;
let focused = "";

/** @param {Element} list */
function remember(list) {
  tail = [...list.querySelectorAll(".row-list > li")];
  scrolled = list.scrollTop;
  focused = document.activeElement?.closest("[data-row]")?.getAttribute("data-row") ?? "";
}

/** A refresh brings the first page; what was older than its last row is put back. */
function restore() {
  const list = document.getElementById("rows");
  const place = list?.querySelector(".row-list");
  if (!list || !place) return;
  const fresh = [...place.querySelectorAll("li[data-row]")];
  const known = new Set(fresh.map((row) => row.getAttribute("data-row")));
  const last = Date.parse(fresh.at(-1)?.getAttribute("data-at") ?? "");
  const older = tail.filter((row) => row.hasAttribute("data-row")
    && !known.has(row.getAttribute("data-row"))
    && Date.parse(row.getAttribute("data-at") ?? "") < last);
  if (older.length) {
    document.getElementById("more")?.remove();
    place.append(...older, ...tail.filter((row) => row.id === "more"));
    window.htmx.process(place);
  }
  list.scrollTop = scrolled;
  const held = /** @type {HTMLElement | null} */ (place.querySelector(`[data-row="${focused}"] .row`));
  if (focused) held?.focus();
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const target = swapTarget(event);
  if (target.id === "rows") remember(target);
});
document.addEventListener("htmx:afterSwap", (event) => {
  const target = swapTarget(event);
  if (target.id === "rows") restore();
  if (target.id === "desk" && window.innerWidth < 800) document.getElementById("subject")?.focus();
});
// Back goes to the list the conversation was opened from, as the list itself remembers it.
document.addEventListener("click", (event) => {
  const back = closest(event, ".back");
  const [, asked] = (document.getElementById("rows")?.getAttribute("hx-get") ?? "").split("?");
  if (back instanceof HTMLAnchorElement && asked) back.search = asked;
});
document.addEventListener("input", (event) => {
  if (closest(event, "#filter")) filter();
});
onEveryPart(() => {
  markOpen();
  filter();
});
