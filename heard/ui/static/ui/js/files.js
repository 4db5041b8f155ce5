// The files of a draft: by button, drop and paste. Each is kept with the draft on the server as soon
// as it is chosen; one that does not get there stays with this page and leaves with the letter.
// @ts-check
import { nameOf } from "./drafts.js";

/** @typedef {import("./drafts.js").Held} Held */
/** @typedef {import("./drafts.js").Stored} Stored */

/** @param {number} size in bytes */
function inMb(size) {
  return `${(size / 1e6).toFixed(1)} MB`;
}

/** @param {File[]} files */
function boxed(files) {
  const box = new DataTransfer();
  for (const file of files) box.items.add(file);
  return box.files;
}

/** @param {string} name @param {() => void} takeAway */
function item(name, takeAway) {
  const line = document.createElement("li");
  const words = document.createElement("bdi");
  words.textContent = name;
  const away = document.createElement("button");
  away.type = "button";
  away.textContent = "×";
  away.setAttribute("aria-label", `Take ${name} away`);
  away.addEventListener("click", takeAway);
  line.append(words, away);
  return line;
}

export class Files {
  /** Uploads under way. @type {Set<Promise<void>>} */ under = new Set();

  /**
   * @param {HTMLFormElement} form
   * @param {() => {held: Held, kind: string}} page what is shown now
   * @param {() => void} changed
   * @param {(words: string) => void} complain
   */
  constructor(form, page, changed, complain) {
    this.form = form;
    this.page = page;
    this.changed = changed;
    this.complain = complain;
    this.input = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]"));
    this.place = /** @type {HTMLElement} */ (form.querySelector(".composer-files"));
  }

  /** Files were chosen, dropped or pasted. @param {Iterable<File>} chosen */
  add(chosen) {
    const { held } = this.page();
    held.files = [...held.files, ...chosen];
    held.missing = [];
    this.show();
    this.changed();
    if (!this.tooLarge()) for (const file of chosen) this.upload(file);
  }

  /** The button puts all it was given into the field, and forgets those before. */
  chosen() {
    this.add([...(this.input.files ?? [])]);
  }

  /** @param {File} file */
  upload(file) {
    const { held, kind } = this.page();
    const path = this.form.dataset.keepFiles;
    if (!path) return;
    const sent = this.send(path, file, held, kind).finally(() => this.under.delete(sent));
    this.under.add(sent);
  }

  /** @param {string} path @param {File} file @param {Held} held @param {string} kind */
  async send(path, file, held, kind) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", /** @type {HTMLInputElement | null} */ (this.form.querySelector("[name=csrfmiddlewaretoken]"))?.value ?? "");
    body.set("kind", kind);
    body.set("file", file);
    try {
      const answer = await fetch(path, { method: "POST", body, credentials: "same-origin" });
      if (answer.status === 422) return this.complain(await answer.text());
      if (!answer.ok || answer.redirected) return;
      /** @type {{version: number} & Stored} */
      const { version, ...stored } = await answer.json();
      // The file began the draft that the next words belong to.
      held.version = Math.max(held.version, version);
      // Taken away while it was on its way.
      if (!held.files.includes(file)) return void this.drop(stored);
      held.files = held.files.filter((one) => one !== file);
      held.stored = [...held.stored, stored];
    } catch {
      return; // not reached: it leaves with the form
    }
    this.show();
    this.changed();
  }

  /** @param {Stored} stored */
  drop(stored) {
    const token = /** @type {HTMLInputElement | null} */ (this.form.querySelector("[name=csrfmiddlewaretoken]"));
    const body = new URLSearchParams({ csrfmiddlewaretoken: token?.value ?? "" });
    return fetch(`/drafts/files/${stored.id}/delete`, { method: "POST", body, credentials: "same-origin" });
  }

  show() {
    const { held } = this.page();
    this.input.files = boxed(held.files);
    const without = (/** @type {File} */ file) => () => {
      held.files = held.files.filter((one) => one !== file);
      this.show();
      this.changed();
    };
    const undone = (/** @type {Stored} */ stored) => () => {
      held.stored = held.stored.filter((one) => one !== stored);
      void this.drop(stored);
      this.show();
      this.changed();
    };
    this.place.hidden = !held.files.length && !held.stored.length;
    this.place.replaceChildren(
      ...held.stored.map((stored) => item(nameOf(stored), undone(stored))),
      ...held.files.map((file) => item(nameOf(file), without(file))),
    );
  }

  /** @returns {string} why these files can't leave together; empty when they can */
  tooLarge() {
    const { held } = this.page();
    const files = [...held.files, ...held.stored].sort((one, other) => other.size - one.size);
    const whole = files.reduce((sum, file) => sum + file.size, 0);
    const limit = Number(this.form.dataset.limit ?? Infinity);
    if (whole <= limit) return "";
    const [name, most] = [files[0] && nameOf(files[0]), Math.floor(limit / 1e6)];
    if (files.length === 1) return `“${name}” is too large: ${inMb(whole)} of at most ${most} MB.`;
    return `The files are too large: ${inMb(whole)} together of at most ${most} MB; the largest is “${name}”.`;
  }

  /** Every file chosen has arrived or stays with the form. */
  async settled() {
    while (this.under.size) await Promise.all(this.under);
  }
}
