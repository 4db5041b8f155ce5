// Every key and what it does. The keys work, the dialog behind "?" and the palette all read this one
// table. A key with no `act` presses the element that carries it: data-key="e".
// @ts-check
import { chooseHere } from "./bulk.js";
import { rows } from "./list.js";

/**
 * @typedef {{keys: string, says: string, act?: () => void, on?: string, go?: string, told?: boolean}} Key
 * keys: "j", two after each other "g m", or held together "Ctrl k". go: the address it leads to.
 * on: what must stand on the page for the act. told: only written down here, the browser or another part does it.
 */

/** @returns {{all: HTMLElement[], at: number}} the rows, and where the focus or the open one is */
function list() {
  const all = rows().map((row) => /** @type {HTMLElement} */ (row.querySelector(".row")));
  const here = all.findIndex((row) => row === document.activeElement);
  return { all, at: here >= 0 ? here : all.findIndex((row) => row.hasAttribute("aria-current")) };
}

/** @param {number} step */
function move(step) {
  const { all, at } = list();
  all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus();
}

/** @param {"reply" | "note"} kind */
function write(kind) {
  const choice = document.querySelector(`#composer [value="${kind}"]`);
  if (choice instanceof HTMLInputElement && !choice.disabled) choice.click();
  document.getElementById("draft")?.focus();
}

function assignToMe() {
  const person = document.getElementById("assignee");
  if (!(person instanceof HTMLSelectElement)) return;
  person.value = person.dataset.me ?? "";
  person.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @param {string} id */
function show(id) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** @type {Record<string, Key[]>} */
export const KEYS = {
  "In the list": [
    { keys: "j", says: "Next conversation", act: () => move(1), on: ".row-list" },
    { keys: "k", says: "Previous conversation", act: () => move(-1), on: ".row-list" },
    { keys: "Enter", says: "Open it", told: true },
    { keys: "x", says: "Choose it, for doing one thing with many", act: chooseHere, on: ".row-list" },
    { keys: "/", says: "Search everything", act: () => document.getElementById("search")?.focus(), on: "#search" },
    { keys: "v", says: "Filter the list" },
    { keys: "q", says: "Take the next one" },
  ],
  "In a conversation": [
    { keys: "r", says: "Write a reply", act: () => write("reply"), on: "#composer" },
    { keys: "n", says: "Write a private note", act: () => write("note"), on: "#composer" },
    { keys: "a", says: "Assign to me", act: assignToMe, on: "#assignee" },
    { keys: "e", says: "Close, reopen or wake" },
    { keys: "f", says: "Follow it, or no longer" },
    { keys: "h", says: "Hand it over" },
    { keys: "z", says: "Snooze" },
    { keys: "t", says: "Tag" },
    { keys: ";", says: "Saved replies and macros" },
    { keys: "m", says: "Merge it with another" },
    { keys: "l", says: "Link it to another" },
    { keys: ".", says: "More to do with it" },
    { keys: "Ctrl Enter", says: "Send", told: true },
    { keys: "Ctrl Shift Enter", says: "Send and close", told: true },
    { keys: "u", says: "Take a letter back that has not left" },
  ],
  "Going somewhere": [
    { keys: "g m", says: "Go to Mine", go: "/inbox?view=mine" },
    { keys: "g u", says: "Go to Unassigned", go: "/inbox?view=unassigned" },
    { keys: "g i", says: "Go to all conversations", go: "/inbox?view=all" },
    { keys: "g l", says: "Go to letters that need attention", go: "/attention" },
    { keys: "g w", says: "Go to letters that wait to leave", go: "/leaving" },
    { keys: "g n", says: "Go to letters not sent", go: "/queue" },
    { keys: "g s", says: "Go to the settings", go: "/settings/" },
  ],
  Everywhere: [
    { keys: "Ctrl k", says: "Find and do anything", act: () => show("palette") },
    { keys: "Ctrl z", says: "Undo what was just done" },
    { keys: "Esc", says: "Leave a field, a menu or a card", told: true },
    { keys: "?", says: "Show these keys", act: () => show("keys") },
  ],
};

/** @returns {Key[]} */
export function allKeys() {
  return Object.values(KEYS).flat();
}

/** @param {Key} key @returns {HTMLElement | null} the element on this page that it presses */
export function carrier(key) {
  return document.querySelector(`[data-key="${CSS.escape(key.keys)}"]`);
}

/** @param {Key} key @returns {boolean} whether it does something on this page */
export function works(key) {
  if (key.told || (key.on && !document.querySelector(key.on))) return false;
  return Boolean(key.act || key.go || carrier(key));
}

/** Does what the key stands for. @param {Key} key */
export function press(key) {
  if (key.act) return key.act();
  if (key.go) return location.assign(key.go);
  carrier(key)?.click();
}
