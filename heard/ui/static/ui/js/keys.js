// Keys, one letter or two after each other; letters alone never act while someone types.
// @ts-check
import { allKeys, KEYS, press, works } from "./keytable.js";

const SECOND_MS = 1500;
let began = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** @param {EventTarget | null} target */
function typing(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches("textarea, select, input:not([type='radio'], [type='checkbox'])"));
}

/** @param {KeyboardEvent} event @returns {string} as the table writes it */
function written(event) {
  const held = event.ctrlKey || event.metaKey ? "Ctrl " : "";
  return `${began}${held}${held ? event.key.toLowerCase() : event.key}`;
}

/** @param {string} letter */
function wait(letter) {
  clearTimeout(waiting);
  began = letter;
  waiting = setTimeout(() => (began = ""), SECOND_MS);
}

/** Whether a dialog or a menu has the keyboard for itself. */
function taken() {
  return document.querySelector("dialog[open], .menu:popover-open") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target) && !taken()) {
    /** @type {HTMLElement} */ (event.target).blur();
    return;
  }
  const pressed = written(event);
  // The palette opens from within a field too; what undoes words there is the browser's own.
  if (event.altKey || event.isComposing || (typing(event.target) && pressed !== "Ctrl k")) return;
  if (taken() && pressed !== "Ctrl k") return;
  const key = allKeys().find((one) => one.keys === pressed && works(one));
  const first = !began && !event.ctrlKey && !event.metaKey
    && allKeys().some((one) => one.keys.startsWith(`${pressed} `) && !one.keys.startsWith("Ctrl"));
  wait(first ? `${pressed} ` : event.key === "Shift" ? began : "");
  if (!key) return;
  event.preventDefault();
  press(key);
});

/** @param {string} keys @returns {HTMLElement} */
function drawn(keys) {
  const term = document.createElement("dt");
  const mac = navigator.platform.startsWith("Mac");
  for (const part of keys.split(" ")) {
    const cap = document.createElement("kbd");
    cap.textContent = part === "Ctrl" && mac ? "⌘" : part.length === 1 && keys.startsWith("Ctrl") ? part.toUpperCase() : part;
    term.append(cap);
  }
  return term;
}

/** The dialog behind "?", drawn from the table so that the two can't part. */
function draw() {
  const place = document.getElementById("keys-drawn");
  place?.replaceChildren(...Object.entries(KEYS).map(([group, keys]) => {
    const part = document.createElement("section");
    const heading = Object.assign(document.createElement("h3"), { textContent: group });
    const lines = Object.assign(document.createElement("dl"), { className: "keys" });
    lines.append(...keys.map((key) => {
      const line = document.createElement("div");
      line.append(drawn(key.keys), Object.assign(document.createElement("dd"), { textContent: key.says }));
      return line;
    }));
    part.append(heading, lines);
    return part;
  }));
}

draw();
