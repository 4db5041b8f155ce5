// Whoever is signed out meanwhile is told so over the page. htmx swaps no such answer in, so all
// that stands on the page stays.
// @ts-check

/** Which line tells of which answer: nobody is signed in, or the page is of an older session. */
const LINES = new Map([[401, "signed-out"], [403, "signed-anew"]]);

/**
 * Shows the line that tells of an answer.
 * @param {number} status of the answer
 * @returns {HTMLElement | null} the line; none for an answer that has nothing to do with the session
 */
export function tellSession(status) {
  const line = document.getElementById(LINES.get(status) ?? "");
  if (!line) return null;
  for (const id of LINES.values()) document.getElementById(id)?.toggleAttribute("hidden", id !== line.id);
  return line;
}

document.addEventListener("htmx:responseError", (event) => {
  tellSession(/** @type {CustomEvent} */ (event).detail.xhr.status);
});

// A choice that was not taken is not shown as if it were.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = /** @type {CustomEvent} */ (event).detail;
  if (!successful && elt instanceof HTMLFormElement && elt.matches("[hx-trigger='change']")) elt.reset();
});
