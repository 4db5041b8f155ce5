// The few things several modules ask of the page.
// @ts-check

/**
 * Runs `paint` now, and again on every part htmx brings in.
 * @param {(part: ParentNode) => void} paint
 */
export function onEveryPart(paint) {
  paint(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target instanceof Element) paint(event.target);
  });
}

/**
 * Says something to people who listen to the page.
 * @param {string} words
 */
export function say(words) {
  const place = document.getElementById("said");
  if (place) place.textContent = words;
}

/**
 * The element an event happened in, if it lies inside one that matches.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export function closest(event, selector) {
  return event.target instanceof Element ? event.target.closest(selector) : null;
}

/** The element htmx is about to change or has changed.
 * @param {Event} event
 * @returns {HTMLElement}
 */
export function swapTarget(event) {
  return /** @type {CustomEvent} */ (event).detail.target;
}
