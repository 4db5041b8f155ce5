// A letter that is pointed to but lies before those shown is fetched, with all that came after it.
// @ts-check
import { closest } from "./page.js";

const NAMED = /^#message-(\d+)$/;

/** @param {string} hash @returns {string} the number of the letter it names, if that is not shown */
function missing(hash) {
  const number = NAMED.exec(hash)?.[1] ?? "";
  return number && document.getElementById("thread") && !document.querySelector(hash) ? number : "";
}

/** The letter on its way, by its number. */
let wanted = "";

/** @param {string} number */
function bring(number) {
  wanted = number;
  const path = document.getElementById("thread")?.getAttribute("hx-get")?.split("?")[0];
  const swap = { target: "#thread", select: "#thread", swap: "outerHTML" };
  window.htmx.ajax("GET", `${path}?since=${number}`, swap);
}

// After thread.js, which puts the letters back to where they stood.
document.addEventListener("htmx:afterSettle", () => {
  const letter = wanted && document.getElementById(`message-${wanted}`);
  if (!letter) return;
  wanted = "";
  letter.scrollIntoView();
  letter.focus({ preventScroll: true });
});

function look() {
  const number = missing(location.hash);
  if (number) bring(number);
}

document.addEventListener("click", (event) => {
  const link = closest(event, 'a[href^="#message-"]');
  const number = link instanceof HTMLAnchorElement ? missing(link.hash) : "";
  if (!number) return;
  event.preventDefault();
  bring(number);
});
document.addEventListener("htmx:pushedIntoHistory", look);
window.addEventListener("load", look);
