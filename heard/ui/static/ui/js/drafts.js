// Drafts kept on this device: the safety net under those on the server, for when it is not reached.
// A note is never a letter by a slip: each kind has its own words, files and key.
// @ts-check
const KEEP_DAYS = 14;
const PREFIX = "heard:draft:";
// As undirected() in heard/channels/email/charset.py: they would turn the end of a name around.
const DIRECTING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
export const KINDS = /** @type {const} */ (["reply", "note"]);

/** @typedef {"reply" | "note"} Kind */
/** Addresses as typed. @typedef {{to: string, cc: string, bcc: string}} Route */
/** A file that the server keeps with the draft. @typedef {{id: number, name: string, size: number}} Stored */
/**
 * What is kept of one kind here: the words, the names of files chosen with them that only this page
 * holds, whom they go to. `version`: of the draft on the server from which they grew; `synced`: the
 * server has them.
 * @typedef {{text: string, files?: string[], route?: Route, version?: number, synced?: boolean}} Words
 */
/** What is kept of a conversation; `kind` is the one last written. */
/** @typedef {{kind: Kind, at: number, reply?: Words, note?: Words}} Draft */
/**
 * A draft as the server tells it.
 * @typedef {{text: string, to: string | null, cc: string | null, bcc: string, quote: boolean | null,
 *   seen: number, version: number, at: number, files: Stored[]}} Told
 */
/**
 * What one kind holds on this page. `missing`: names of files chosen before the page was loaded
 * anew. `once`: the same draft sent again after a lost answer carries the same key and leaves
 * once; `sent` is what was sent under it. `seen`: the newest letter when it was begun. `other`: how
 * the draft stands on another device, where that went on as well.
 * @typedef {{text: string, files: File[], missing: string[], stored: Stored[], once: string,
 *   sent: string, version: number, seen: number, route: Route | null, synced: boolean,
 *   other: Told | null}} Held
 */

/** Whose drafts are meant. @param {string} person the id of the one signed in */
export const draftsOf = (person) => `${PREFIX}${person}:`;

/** @param {string} prefix */
function keysUnder(prefix) {
  return Object.keys(localStorage).filter((one) => one.startsWith(prefix));
}

/** @param {string} prefix as draftsOf() gives it */
export function forget(prefix) {
  for (const key of keysUnder(prefix)) localStorage.removeItem(key);
}

/** Drafts nobody came back to do not stay for ever. */
export function forgetOld() {
  for (const key of keysUnder(PREFIX)) {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > KEEP_DAYS * 86_400_000) localStorage.removeItem(key);
  }
}

/** @param {string} key @returns {Draft | null} */
export function read(key) {
  const kept = JSON.parse(localStorage.getItem(key) ?? "null");
  // 0.1.0 kept one text, and of which kind it was.
  return typeof kept?.text === "string" ? { kind: kept.kind, at: kept.at, [kept.kind]: kept } : kept;
}

/** @param {string} key @param {Kind} kind @param {Words | undefined} words none: forget them */
export function write(key, kind, words) {
  /** @type {Draft} */
  const draft = { ...read(key), kind, at: Date.now(), [kind]: words };
  if (draft.reply || draft.note) localStorage.setItem(key, JSON.stringify(draft));
  else localStorage.removeItem(key);
}

/** What the server keeps. @param {Told} told @returns {Held} */
function fromServer(told) {
  const { to, cc, bcc } = told;
  const route = to === null ? null : { to, cc: cc ?? "", bcc };
  return { ...empty(), text: told.text, stored: told.files, version: told.version, seen: told.seen, route };
}

/**
 * What this kind holds when a page opens: what the server keeps, unless this device has words that
 * never reached it.
 * @param {Words} [kept] @param {Told} [told] @returns {Held}
 */
export function held(kept, told) {
  const server = told ? fromServer(told) : empty();
  if (!kept || kept.synced || kept.text.trim() === server.text.trim()) {
    return { ...server, missing: kept && (!kept.synced || told) ? kept.files ?? [] : [] };
  }
  const apart = told && told.version > (kept.version ?? 0) && told.text.trim() ? told : null;
  return {
    ...server, text: kept.text, missing: kept.files ?? [], route: kept.route ?? server.route,
    version: kept.version ?? 0, synced: false, other: apart,
  };
}

/** @returns {Held} */
export function empty() {
  return {
    text: "", files: [], missing: [], stored: [], once: freshKey(), sent: "", version: 0, seen: 0,
    route: null, synced: true, other: null,
  };
}

/** A key no other draft has. randomUUID is there on secure pages only; an office may have none. */
export function freshKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What a file is called here. @param {{name: string}} file */
export function nameOf(file) {
  return file.name.replace(DIRECTING, "");
}
