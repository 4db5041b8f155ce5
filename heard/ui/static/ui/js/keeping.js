// Drafts on the server: saved a moment after each word, and once more when the page goes.
// @ts-check
/** @typedef {import("./drafts.js").Held} Held */
/** @typedef {import("./drafts.js").Kind} Kind */

const SAVE_MS = 800;
const AGAIN_MS = 20_000;
const SETTLES_MS = 3_000;

/** What saving asks of the composer. */
/** @typedef {{kind: Kind, held: Held, fields: () => URLSearchParams, kept: () => void, apart: () => void}} Page */

export class Keeping {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ timer;
  /** @type {AbortController | undefined} */ under;
  /** Saves on their way. @type {Set<Promise<void>>} */ sent = new Set();

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
  save(kind) {
    const sent = this.send(kind).finally(() => this.sent.delete(sent));
    this.sent.add(sent);
    return sent;
  }

  /** @param {Kind} kind */
  async send(kind) {
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
      if (!this.under?.signal.aborted) this.again(kind);
    }
  }

  /** Not kept: with what is typed next, or by itself in a while. @param {Kind} kind */
  again(kind) {
    if (!this.waiting.has(kind)) this.soon(kind, AGAIN_MS);
  }

  /** The saves on their way are answered, or have taken too long to wait for. */
  settled() {
    const late = new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
    return Promise.race([Promise.all(this.sent), late]);
  }

  /** @param {Response} answer @param {Page} page @param {string} text as it was sent */
  async took(answer, page, text) {
    const json = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (answer.status === 409 && json) {
      page.held.other = json.draft;
      return page.apart();
    }
    if (answer.status >= 500) return this.again(page.kind);
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
