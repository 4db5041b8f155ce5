// Drafts on the server: saved a moment after each word, and once more when the page goes.
// @ts-check
/** @typedef {import("./drafts.js").Held} Held */
/** @typedef {import("./drafts.js").Kind} Kind */

const SAVE_MS = 800;
const AGAIN_MS = 20_000;

/** What saving asks of the composer. */
/** @typedef {{kind: Kind, held: Held, fields: () => URLSearchParams, kept: () => void, apart: () => void}} Page */

export class Keeping {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ timer;
  /** @type {AbortController | undefined} */ under;

  /** @param {string} path of the draft @param {(kind: Kind) => Page} page */
  constructor(path, page) {
    this.path = path;
    this.page = page;
    /** The kinds with words the server does not have. @type {Set<Kind>} */
    this.waiting = new Set();
  }

  /** @param {Kind} kind @param {number} [after] in ms */
  soon(kind, after = SAVE_MS) {
    this.waiting.add(kind);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveAll(), after);
  }

  async saveAll() {
    for (const kind of [...this.waiting]) await this.save(kind);
  }

  /** @param {Kind} kind */
  async save(kind) {
    const page = this.page(kind);
    const { held } = page;
    const text = held.text;
    this.waiting.delete(kind);
    this.under = new AbortController();
    try {
      const answer = await fetch(this.path, {
        method: "POST", body: page.fields(), credentials: "same-origin", signal: this.under.signal,
      });
      await this.took(answer, page, text);
    } catch {
      // Not reached, or called off because the letter leaves: this device has the words.
      if (!this.under?.signal.aborted) this.soon(kind, AGAIN_MS);
    }
  }

  /** @param {Response} answer @param {Page} page @param {string} text as it was sent */
  async took(answer, page, text) {
    const json = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (answer.status === 409 && json) {
      page.held.other = json.draft;
      return page.apart();
    }
    if (!answer.ok || answer.redirected || !json) return;
    page.held.version = json.version;
    page.held.synced = page.held.text === text;
    page.kept();
  }

  /** The draft leaves or is taken back: nothing of it may be saved behind that. @param {Kind} kind */
  callOff(kind) {
    this.waiting.delete(kind);
    this.under?.abort();
  }

  /** The page goes: what is not saved yet is sent along without waiting for an answer. */
  leave() {
    clearTimeout(this.timer);
    for (const kind of this.waiting) navigator.sendBeacon(this.path, this.page(kind).fields());
    this.waiting.clear();
  }
}
