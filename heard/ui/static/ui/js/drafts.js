// Drafts kept on this device, and what the composer holds of each kind. A note is never a letter by
// a slip: each has its own words, files and key.
// @ts-check
const KEEP_DAYS = 14;
const PREFIX = "heard:draft:";
// As undirected() in heard/channels/email/charset.py: they would turn the end of a name around.
const DIRECTING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
export const KINDS = /** @type {const} */ (["reply", "note"]);

/** @typedef {"reply" | "note"} Kind */
/** What is kept of one kind: the words, and the names of the files chosen with them. */
/** @typedef {{text: string, files?: string[]}} Words */
/** What is kept of a conversation; `kind` is the one last written. */
/** @typedef {{kind: Kind, at: number, reply?: Words, note?: Words}} Draft */
/**
 * What one kind holds on this page. `missing`: names of files chosen before the page was loaded
 * anew. `once`: the same draft sent again after a lost answer carries the same key and leaves
 * once; `sent` is what was sent under it.
 * @typedef {{text: string, files: File[], missing: string[], once: string, sent: string}} Held
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

/** @param {Words} [kept] @returns {Held} */
export function held(kept) {
  return { text: kept?.text ?? "", files: [], missing: kept?.files ?? [], once: freshKey(), sent: "" };
}

/** A key no other draft has. randomUUID is there on secure pages only; an office may have none. */
export function freshKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What a file is called here. @param {File} file */
export function nameOf(file) {
  return file.name.replace(DIRECTING, "");
}
