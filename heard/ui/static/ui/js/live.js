// Live notices: names come in, and every part of the page that shows one of them fetches itself
// again by an ordinary authorised GET. After a gap everything does, so the page heals.
// @ts-check
import { closest, say, swapTarget } from "./page.js";
import { tellSession } from "./session.js";

const LONG_HIDDEN_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
// A burst of letters has each part fetched this often and no more.
const BREATH_MS = 500;
// Shorter gaps than this are nobody's business.
const QUIET_MS = 3_000;
// No answer takes longer; notices are remembered as long.
const LONGEST_REQUEST_MS = 60_000;

/**
 * Whether an element that listens to `topic` cares for a notice about `topics`.
 * "inbox:*" hears every inbox; the topic "*" is heard by all.
 * @param {string} topic
 * @param {string[]} topics
 */
export function hears(topic, topics) {
  if (topics.includes("*")) return true;
  if (!topic.endsWith("*")) return topics.includes(topic);
  return topics.some((one) => one.startsWith(topic.slice(0, -1)));
}

/** When each part was last woken. @type {Map<string, number>} */
const woken = new Map();
/** The parts that wait for their turn. @type {Set<string>} */
const waiting = new Set();

/**
 * Whether someone writes inside: their words must not be swapped away. Where a form stands open
 * in a part with data-live-waits, nothing moves until it is closed.
 * @param {HTMLElement} part
 */
function isWrittenIn(part) {
  // A menu that stands open inside is in somebody's hand.
  if (part.querySelector(".menu:popover-open") || [...awaited.values()].includes(part)) return true;
  const active = document.activeElement;
  if (active?.matches("input, textarea") && part.contains(active)) return true;
  const fields = part.querySelectorAll("details[open] form :is(textarea, input[type=text])");
  const typed = /** @type {HTMLInputElement[]} */ ([...fields]);
  return typed.some((one) => "liveWaits" in part.dataset || one.value !== one.defaultValue);
}

/** The part under a pressed button or finger: replaced now, it would swallow the click. */
let pressed = "";
document.addEventListener("pointerdown", (event) => {
  pressed = closest(event, "[data-live]")?.id ?? "";
});
for (const name of ["pointerup", "pointercancel"]) {
  // The click itself comes right after.
  document.addEventListener(name, () => setTimeout(() => (pressed = "")));
}
document.addEventListener("htmx:beforeSwap", (event) => {
  const part = swapTarget(event);
  const { detail } = /** @type {CustomEvent} */ (event);
  const own = detail.requestConfig?.elt === part && part.hasAttribute("data-live");
  const held = pressed !== "" && part.id === pressed;
  if (!held && !(own && isWrittenIn(part))) return;
  detail.shouldSwap = false;
  wake(part.id);
});

/**
 * By an act's request the part that its answer will replace: replaced before, it would miss it.
 * @type {Map<XMLHttpRequest, Element>}
 */
const awaited = new Map();
document.addEventListener("htmx:beforeSend", (event) => {
  const { elt, target, xhr } = /** @type {CustomEvent} */ (event).detail;
  if (elt !== target) awaited.set(xhr, target);
});
// By its request: a refresh of the same part that ends meanwhile is not the answer.
for (const name of ["htmx:afterRequest", "htmx:sendError", "htmx:abort"]) {
  document.addEventListener(name, (event) => awaited.delete(/** @type {CustomEvent} */ (event).detail.xhr));
}

/**
 * Has a part fetch itself again: at once, and after that once for all notices of a short while.
 * @param {string} id
 */
function wake(id) {
  const part = document.getElementById(id);
  if (!part || waiting.has(id)) return;
  const rest = (woken.get(id) ?? -Infinity) + BREATH_MS - performance.now();
  if (rest <= 0 && pressed !== id && !isWrittenIn(part)) {
    woken.set(id, performance.now());
    window.htmx.trigger(part, "live");
    return;
  }
  waiting.add(id);
  setTimeout(() => {
    waiting.delete(id);
    wake(id);
  }, rest > 0 ? rest : BREATH_MS);
}

/**
 * Wakes every part that a notice is about; data-live-on lists the only names a part cares for.
 * @param {string} name @param {string[]} topics
 */
function refresh(name, topics) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const own = part.getAttribute("data-live")?.startsWith("conversation:");
    // Its letters are gone; whoever asked for them again would only be told so.
    if (own && name === "conversation.deleted") continue;
    const only = part.getAttribute("data-live-on")?.split(" ");
    const cares = !only || topics.includes("*") || only.includes(name);
    if (cares && hears(part.getAttribute("data-live") ?? "", topics)) wake(part.id);
  }
}

/** @type {{at: number, name: string, topics: string[]}[]} */
let recent = [];
/** When each request left. @type {WeakMap<XMLHttpRequest, number>} */
const left = new WeakMap();

/** Takes a notice in. @param {string} name @param {string[]} topics */
export function hear(name, topics) {
  const at = performance.now();
  recent = [...recent.filter((one) => at - one.at < LONGEST_REQUEST_MS), { at, name, topics }];
  refresh(name, topics);
  document.dispatchEvent(new CustomEvent("heard:notice", { detail: { name, topics } }));
}

// What was on its way when a notice came may be older than the notice, and htmx forgets a refresh
// that waits behind another one of an element which that one replaces. So it is fetched again.
document.addEventListener("htmx:beforeSend", (event) => {
  left.set(/** @type {CustomEvent} */ (event).detail.xhr, performance.now());
});
document.addEventListener("htmx:afterSettle", (event) => {
  const { xhr } = /** @type {CustomEvent} */ (event).detail;
  const since = left.get(xhr) ?? Infinity;
  left.delete(xhr);
  for (const one of recent.filter(({ at }) => at > since)) refresh(one.name, one.topics);
});

class HeardLive extends HTMLElement {
  pause = FIRST_PAUSE_MS;
  hiddenAt = 0;
  // Between the page's own making and the first notice lies a gap as well.
  gap = true;
  /** @type {EventSource | undefined} */ source;
  /** @type {AbortController | undefined} */ stopped;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ telling;

  connectedCallback() {
    this.stopped = new AbortController();
    const { signal } = this.stopped;
    document.addEventListener("visibilitychange", () => this.seen(), { signal });
    window.addEventListener("online", () => this.reconnect(), { signal });
    window.addEventListener("pagehide", () => this.source?.close(), { signal });
    window.addEventListener("pageshow", (event) => event.persisted && this.reconnect(), { signal });
    this.connect();
  }

  disconnectedCallback() {
    this.stopped?.abort();
    this.source?.close();
    clearTimeout(this.timer);
  }

  async connect() {
    this.source?.close();
    clearTimeout(this.timer);
    try {
      const answer = await fetch(this.dataset.ticketUrl ?? "", { credentials: "same-origin" });
      if (answer.redirected || answer.status === 401 || answer.status === 403) return this.left();
      if (!answer.ok) return this.later();
      const { url } = await answer.json();
      this.open(url);
    } catch {
      // fetch throws only when the server can't be reached; that is what later() is for.
      this.later();
    }
  }

  /** @param {string} url */
  open(url) {
    const source = new EventSource(url);
    this.source = source;
    source.addEventListener("open", () => this.back());
    source.addEventListener("message", (event) => {
      const { topics, name } = JSON.parse(event.data);
      hear(name, topics);
      if (name === "message.received") say("A new letter has come in.");
    });
    // A ticket lasts ten minutes, so the browser's own reconnecting would be refused.
    source.addEventListener("error", () => this.later());
  }

  back() {
    this.pause = FIRST_PAUSE_MS;
    clearTimeout(this.telling);
    this.telling = undefined;
    this.tell(false);
    if (this.gap) hear("heal", ["*"]);
    this.gap = false;
  }

  later() {
    this.source?.close();
    this.gap = true;
    this.telling ??= setTimeout(() => this.tell(true), QUIET_MS);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), this.pause * (0.7 + Math.random() * 0.6));
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
  }

  reconnect() {
    this.gap = true;
    this.pause = FIRST_PAUSE_MS;
    this.connect();
  }

  seen() {
    if (document.hidden) {
      this.hiddenAt = Date.now();
    } else if (this.hiddenAt && Date.now() - this.hiddenAt > LONG_HIDDEN_MS) {
      this.reconnect();
    }
  }

  /** Signed out elsewhere: asking again would only be refused again. */
  left() {
    clearTimeout(this.telling);
    this.tell(false);
    tellSession(401);
  }

  /** @param {boolean} lost */
  tell(lost) {
    const place = document.getElementById("connection");
    if (place) place.hidden = !lost;
  }
}

customElements.define("heard-live", HeardLive);
