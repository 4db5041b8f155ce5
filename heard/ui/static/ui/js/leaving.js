// Letters that wait for their time: counted down here, by no request.
// @ts-check
import { onEveryPart } from "./page.js";

const language = navigator.language.startsWith("en-") ? navigator.language : "en-GB";
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(language, { weekday: "long" });
const date = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" });

/** «Leaves in 8 s», «Leaves tomorrow 09:00». @param {Date} at @param {Date} now */
export function leaves(at, now) {
  const seconds = Math.ceil((at.getTime() - now.getTime()) / 1000);
  if (seconds <= 0) return "Leaving now";
  if (seconds <= 90) return `Leaves in ${seconds} s`;
  const midnight = (/** @type {Date} */ one) => new Date(one).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (days === 0) return `Leaves today ${clock.format(at)}`;
  if (days === 1) return `Leaves tomorrow ${clock.format(at)}`;
  return `Leaves ${(days < 7 ? day : date).format(at)} ${clock.format(at)}`;
}

/** @param {ParentNode} part */
function write(part) {
  const now = new Date();
  for (const element of part.querySelectorAll("time[data-leaving]")) {
    const at = new Date(element.getAttribute("datetime") ?? "");
    const words = leaves(at, now);
    if (element.textContent !== words) element.textContent = words;
    element.closest(".leaving")?.classList.toggle("is-leaving", at <= now);
  }
}

onEveryPart(write);
setInterval(() => write(document), 1000);
