// In a note an @ offers the colleagues who reach the conversation, by a list one can type into.
// @ts-check
import { closest } from "./page.js";

/** @typedef {{name: string, away: boolean}} Person */

const MOST = 6;
// From a sign that begins a word up to the caret; a name has a few words at most.
const CALL = /(?:^|[^\p{L}\p{N}_])@((?:[\p{L}\p{N}_'’.-]+ ?){0,3})$/u;

/** Whom one may call, by conversation: asked for at the first @. @type {Map<string, Promise<Person[]>>} */
const known = new Map();

/** @param {string} conversation @returns {Promise<Person[]>} */
function people(conversation) {
  const asked = known.get(conversation) ?? fetch(`/conversations/${conversation}/colleagues`)
    .then((answer) => (answer.ok ? answer.json() : { people: [] }))
    .then((answer) => answer.people)
    .catch(() => {
      known.delete(conversation);
      return [];
    });
  known.set(conversation, asked);
  return asked;
}

/** The field of a note that an event happened in. @param {Event} event */
function noteOf(event) {
  const field = closest(event, "#draft");
  const form = field?.closest("form");
  if (!(field instanceof HTMLTextAreaElement) || !form) return null;
  return new FormData(form).get("kind") === "note" ? field : null;
}

/** What was typed after the @ before the caret; null where there is none. @param {HTMLTextAreaElement} field */
function typed(field) {
  return CALL.exec(field.value.slice(0, field.selectionStart))?.[1] ?? null;
}

/** @param {Person[]} all @param {string} words */
export function matching(all, words) {
  const wanted = words.trim().toLowerCase();
  const fits = (/** @type {Person} */ one) => {
    const name = one.name.toLowerCase();
    return name.startsWith(wanted) || name.split(" ").some((part) => part.startsWith(wanted));
  };
  return all.filter(fits).slice(0, MOST);
}

/** @type {{field: HTMLTextAreaElement, list: HTMLElement, at: number} | null} */
let shown = null;

function close() {
  if (!shown) return;
  shown.list.remove();
  for (const name of ["aria-expanded", "aria-controls", "aria-activedescendant", "aria-autocomplete"]) {
    shown.field.removeAttribute(name);
  }
  shown = null;
}

/** @param {number} at */
function point(at) {
  if (!shown) return;
  const options = [...shown.list.children];
  shown.at = (at + options.length) % options.length;
  options.forEach((one, index) => one.setAttribute("aria-selected", String(index === shown?.at)));
  shown.field.setAttribute("aria-activedescendant", options[shown.at]?.id ?? "");
}

/** @param {HTMLTextAreaElement} field @param {Person[]} found */
function open(field, found) {
  close();
  const list = document.createElement("ul");
  list.id = "mentions";
  list.className = "mentions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Colleagues");
  found.forEach((person, index) => {
    const option = document.createElement("li");
    option.id = `mention-${index}`;
    option.setAttribute("role", "option");
    option.dataset.name = person.name;
    option.textContent = person.away ? `${person.name}, away` : person.name;
    list.append(option);
  });
  field.before(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "true");
  shown = { field, list, at: 0 };
  point(0);
}

/** Writes the name out. @param {string} name */
function take(name) {
  if (!shown) return;
  const { field } = shown;
  const end = field.selectionStart;
  const start = end - (typed(field)?.length ?? 0);
  close();
  field.setRangeText(`${name} `, start, end, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("input", async (event) => {
  const field = noteOf(event);
  const words = field && typed(field);
  const conversation = field?.closest("[data-conversation]")?.getAttribute("data-conversation");
  if (!field || words === null || !conversation) return close();
  const found = matching(await people(conversation), words);
  // What was typed while the names were on their way counts.
  if (typed(field) !== words) return;
  // A name written out is done with.
  const done = found.some((one) => `${one.name} ` === words);
  if (found.length && !done) open(field, found);
  else close();
});

document.addEventListener("keydown", (event) => {
  if (!shown || event.target !== shown.field || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowDown") point(shown.at + 1);
  else if (event.key === "ArrowUp") point(shown.at - 1);
  else if (event.key === "Enter" || event.key === "Tab") {
    take(/** @type {HTMLElement} */ (shown.list.children[shown.at]).dataset.name ?? "");
  } else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });

// Before the field loses its focus, so that the words stay under the caret.
document.addEventListener("pointerdown", (event) => {
  const option = closest(event, "#mentions [role=option]");
  if (!option) return close();
  event.preventDefault();
  take(option.dataset.name ?? "");
});
document.addEventListener("focusout", (event) => {
  if (event.target === shown?.field) close();
});
