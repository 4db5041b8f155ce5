// Who is here: this page says so once a minute while it is looked at, at once while someone types,
// and when it goes. Pages nobody looks at say nothing.
// @ts-check
import { closest, onEveryPart } from "./page.js";

const BEAT_MS = 60_000;
const WRITING_MS = 10_000;
const QUIET_MS = 15_000;

/** The conversation this page has told of. */
let here = "";
let wroteAt = -Infinity;
/** @type {ReturnType<typeof setInterval> | undefined} */ let beat;
/** @type {ReturnType<typeof setTimeout> | undefined} */ let quiet;

/** @param {string} doing */
function body(doing) {
  const token = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=csrfmiddlewaretoken]"));
  return new URLSearchParams({ doing, csrfmiddlewaretoken: token?.value ?? "" });
}

/** @param {"looking" | "writing" | "gone"} doing */
async function tell(doing) {
  const [told, path] = [here, `/conversations/${here}/attendance`];
  if (doing === "gone") return void navigator.sendBeacon(path, body(doing));
  try {
    const answer = await fetch(path, { method: "POST", body: body(doing), credentials: "same-origin" });
    if (answer.ok && !answer.redirected && told === here) show(await answer.text());
  } catch {
    // A page that does not get through is soon counted as gone, and that is right.
  }
}

/** The answer says who else is here. @param {string} html */
function show(html) {
  const line = document.getElementById("presence");
  // A colleague's draft that stands open is read: a notice brings what is new.
  if (!line || line.querySelector("details[open]")) return;
  line.outerHTML = html;
  const drawn = document.getElementById("presence");
  if (drawn) window.htmx.process(drawn);
}

function leave() {
  clearInterval(beat);
  clearTimeout(quiet);
  if (here) tell("gone");
  here = "";
  wroteAt = -Infinity;
}

function arrive() {
  const now = document.getElementById("conversation")?.dataset.conversation ?? "";
  if (now === here || document.hidden) return;
  leave();
  here = now;
  if (!here) return;
  tell("looking");
  beat = setInterval(() => tell(performance.now() - wroteAt < QUIET_MS ? "writing" : "looking"), BEAT_MS);
}

function types() {
  clearTimeout(quiet);
  quiet = setTimeout(() => {
    wroteAt = -Infinity;
    if (here) tell("looking");
  }, QUIET_MS);
  if (!here || performance.now() - wroteAt < WRITING_MS) return;
  wroteAt = performance.now();
  tell("writing");
}

/** Whoever was last heard of too long ago is gone: the line is asked for again, once. */
function expire() {
  const line = document.getElementById("presence");
  const past = [...(line?.querySelectorAll("[data-until]") ?? [])].some(
    (one) => Date.parse(one.getAttribute("data-until") ?? "") < Date.now(),
  );
  if (line && past && !document.hidden) window.htmx.trigger(line, "live");
}

document.addEventListener("input", (event) => {
  if (closest(event, "#draft")) types();
});
document.addEventListener("visibilitychange", () => (document.hidden ? leave() : arrive()));
window.addEventListener("pagehide", leave);
window.addEventListener("pageshow", (event) => event.persisted && arrive());
onEveryPart(arrive);
setInterval(expire, 10_000);
