// The list: which row is open, and rows loaded by "Show more" kept through refreshes.
// @ts-check
import { closest, onEveryPart, swapTarget } from "./page.js";

/** @returns {HTMLElement[]} */
export function rows() {
  return [...document.querySelectorAll(".row-list > li[data-row]")].map((row) => /** @type {HTMLElement} */ (row));
}

function markOpen() {
  const open = document.getElementById("conversation")?.dataset.conversation;
  for (const row of rows()) {
    const link = row.querySelector(".row");
    if (row.getAttribute("data-row") === open) {
      link?.setAttribute("aria-current", "true");
      link?.classList.remove("row--unread");
    } else {
      link?.removeAttribute("aria-current");
    }
  }
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
  const last = Number(fresh.at(-1)?.getAttribute("data-rank") ?? NaN);
  const older = tail.filter((row) => row.hasAttribute("data-row")
    && !known.has(row.getAttribute("data-row"))
    && Number(row.getAttribute("data-rank")) < last);
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
onEveryPart(() => {
  markOpen();
});
