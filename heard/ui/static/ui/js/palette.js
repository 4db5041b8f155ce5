// The palette (Ctrl or Cmd and K): everything that can be done here and everywhere one can go, found
// by typing a few letters of it.
// @ts-check
import { markFirst } from "./combobox.js";
import { allKeys, press, works } from "./keytable.js";

const SHOWN = 12;

/** @typedef {{label: string, more: string, keys?: string, run: () => void}} Command */
/** @typedef {{label: string, more: string, href: string}} Place */

/** @type {{recent: Place[], pages: Place[], tags: string[]}} */
let known = { recent: [], pages: [], tags: [] };
/** @type {Command[]} */
let shown = [];

/** @param {string} href @returns {() => void} */
function goes(href) {
  return () => location.assign(href);
}

/** @returns {Command[]} what the keys do on this page */
function byKey() {
  return allKeys().filter((key) => works(key) && key.keys !== "Ctrl k")
    .map((key) => ({ label: key.says, more: "", keys: key.keys, run: () => press(key) }));
}

/** @returns {Command[]} further acts of this page, by the buttons that do them */
function byButton() {
  const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-command]"));
  return [...all].map((one) => ({ label: one.dataset.command ?? "", more: "", run: () => one.click() }));
}

/** @returns {Command[]} */
function people() {
  const choice = document.getElementById("assignee");
  if (!(choice instanceof HTMLSelectElement)) return [];
  return [...choice.options].filter((one) => one.value).map((one) => ({
    label: `Assign to ${one.text}`,
    more: "",
    run: () => {
      choice.value = one.value;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    },
  }));
}

/** @returns {Command[]} */
function tags() {
  const field = document.getElementById("tag-name");
  if (!(field instanceof HTMLInputElement)) return [];
  return known.tags.map((name) => ({
    label: `Tag: ${name}`,
    more: "",
    run: () => {
      field.value = name;
      field.form?.requestSubmit();
    },
  }));
}

/** @returns {Command[]} */
function places() {
  const rail = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("#rail a.place"));
  const named = [...rail].map((one) => ({
    label: `Go to ${one.querySelector(".place-name")?.textContent ?? ""}`, more: "", run: goes(one.href),
  }));
  const further = [...known.recent, ...known.pages];
  return [...further.map((one) => ({ label: one.label, more: one.more, run: goes(one.href) })), ...named];
}

/** @param {string} typed @returns {Command[]} what a number or words lead to that no list names */
function beyond(typed) {
  const [, number] = typed.match(/^#?(\d{1,15})$/) ?? [];
  return number ? [{ label: `Open conversation ${number}`, more: "", run: goes(`/conversations/${number}`) }] : [];
}

/**
 * How well a command fits what is typed: each word begins one of its words, or lies in it, or, where
 * nothing does, its letters come in this order.
 * @param {{label: string, more: string}} command @param {string[]} words @param {boolean} loosely
 * @returns {number} the higher the better, -1 for one that does not fit
 */
export function fit(command, words, loosely) {
  const text = `${command.label} ${command.more}`.toLowerCase();
  const parts = text.split(/[^\p{L}\p{N}]+/u);
  let sum = 0;
  for (const word of words) {
    if (parts.some((part) => part.startsWith(word))) sum += 3;
    else if (text.includes(word)) sum += 2;
    else if (loosely && inOrder(word, command.label.toLowerCase())) sum += 1;
    else return -1;
  }
  return sum;
}

/** @param {string} letters @param {string} text */
function inOrder(letters, text) {
  let at = -1;
  return [...letters].every((letter) => (at = text.indexOf(letter, at + 1)) >= 0);
}

/** @param {Command[]} all @param {string[]} words @param {boolean} loosely @returns {Command[]} the best first */
function fitting(all, words, loosely) {
  const rated = all.map((one, order) => ({ one, order, fits: fit(one, words, loosely) }));
  const found = rated.filter(({ fits }) => fits >= 0);
  return found.sort((a, b) => b.fits - a.fits || a.order - b.order).map(({ one }) => one);
}

/** @param {string} typed @returns {Command[]} */
function found(typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const all = [...byKey(), ...byButton(), ...people(), ...tags(), ...places()];
  const unique = [...new Map(all.map((one) => [`${one.label} ${one.more}`, one])).values()];
  const strict = fitting(unique, words, false);
  return [...beyond(typed.trim()), ...(strict.length ? strict : fitting(unique, words, true))].slice(0, SHOWN);
}

/** @param {Command} command @param {number} at @returns {HTMLElement} */
function option(command, at) {
  const item = document.createElement("li");
  item.id = `command-${at}`;
  item.className = "choice";
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  const says = Object.assign(document.createElement("span"), { textContent: command.label, dir: "auto" });
  const more = Object.assign(document.createElement("span"), { className: "choice-more", textContent: command.more, dir: "auto" });
  item.append(says, more);
  for (const part of command.keys?.split(" ") ?? []) item.append(Object.assign(document.createElement("kbd"), { textContent: part }));
  return item;
}

/** @param {HTMLInputElement} field @param {HTMLElement} list */
function draw(field, list) {
  shown = found(field.value);
  list.replaceChildren(...shown.map(option));
  const none = document.getElementById("palette-none");
  if (none) none.hidden = shown.length > 0;
  markFirst(field);
}

async function learn() {
  const answer = await fetch("/palette", { credentials: "same-origin" });
  if (answer.ok && !answer.redirected) known = await answer.json();
}

const dialog = document.getElementById("palette");
const field = document.getElementById("palette-field");
const list = document.getElementById("palette-list");
if (dialog instanceof HTMLDialogElement && field instanceof HTMLInputElement && list) {
  field.addEventListener("input", () => draw(field, list));
  field.addEventListener("pick", (event) => {
    event.preventDefault();
    const at = shown[Number(/** @type {CustomEvent} */ (event).detail.id.split("-").pop())];
    dialog.close();
    at?.run();
  });
  // Opened by key or by button: an attribute tells of both.
  new MutationObserver(() => {
    if (!dialog.open) return;
    field.value = "";
    draw(field, list);
    // What is not known yet comes a moment later; the first lines stand there at once.
    learn().then(() => dialog.open && draw(field, list)).catch(() => undefined);
  }).observe(dialog, { attributeFilter: ["open"] });
}
