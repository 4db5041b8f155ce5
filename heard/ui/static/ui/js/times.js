// Times in the reader's zone: relative up to a day, the exact time on hover.
// @ts-check
import { onEveryPart } from "./page.js";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
// The words around the dates are English; an English reader keeps their own order of day and month.
const language = navigator.language.startsWith("en-") ? navigator.language : "en-GB";
const exact = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const weekday = new Intl.DateTimeFormat(language, { weekday: "long" });
const dayMonth = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
const dayMonthYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric" });
const wholeDay = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });

/** @param {Date} at @param {Date} now @returns {number} whole calendar days from now */
function daysFrom(at, now) {
  const midnight = (/** @type {Date} */ day) => new Date(day).setHours(0, 0, 0, 0);
  return Math.round((midnight(at) - midnight(now)) / (DAY * 1000));
}

/** @param {Date} at @param {Date} now */
function date(at, now) {
  return (at.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear).format(at);
}

/** @param {number} seconds @returns {string} */
function span(seconds) {
  if (seconds < HOUR) return `${Math.max(1, Math.round(seconds / MINUTE))} min`;
  if (seconds < DAY) return `${Math.round(seconds / HOUR)} h`;
  const days = Math.round(seconds / DAY);
  return days === 1 ? "1 day" : `${days} days`;
}

/** «just now», «5 min ago», «3 h ago», «yesterday», «Tuesday», «3 Mar». @param {Date} at @param {Date} now */
export function ago(at, now) {
  const passed = (now.getTime() - at.getTime()) / 1000;
  if (passed < MINUTE) return "just now";
  if (passed < DAY) return `${span(passed)} ago`;
  const days = -daysFrom(at, now);
  if (days === 1) return "yesterday";
  return days < 7 ? weekday.format(at) : date(at, now);
}

/** What is left until a promise is due, or by how much it is late. @param {Date} at @param {Date} now */
export function due(at, now) {
  const left = (at.getTime() - now.getTime()) / 1000;
  if (left < 0) return `late by ${span(-left)}`;
  const days = daysFrom(at, now);
  if (days === 0) return left < HOUR ? `due in ${span(left)}` : `due today ${clock.format(at)}`;
  if (days === 1) return `due tomorrow ${clock.format(at)}`;
  return days < 7 ? `due ${weekday.format(at)}` : `due ${date(at, now)}`;
}

/** When something is to come: «14:05», «tomorrow 09:00», «Tuesday 09:00». @param {Date} at @param {Date} now */
export function until(at, now) {
  const days = daysFrom(at, now);
  if (days === 0) return clock.format(at);
  if (days === 1) return `tomorrow ${clock.format(at)}`;
  return `${days > 1 && days < 7 ? weekday.format(at) : date(at, now)} ${clock.format(at)}`;
}

/** Today and Yesterday by name, other days in full. @param {Date} at @param {Date} now */
export function dayLine(at, now) {
  const days = daysFrom(at, now);
  if (days === 0) return "Today";
  if (days === -1) return "Yesterday";
  return at.getFullYear() === now.getFullYear()
    ? wholeDay.format(at)
    : `${wholeDay.format(at)} ${at.getFullYear()}`;
}

/** @param {HTMLTimeElement} element @param {Date} at */
function lasting(element, at) {
  const end = element.dataset.until ? new Date(element.dataset.until) : null;
  return `${wholeDay.format(at)}, ${clock.format(at)}${end ? `–${clock.format(end)}` : ""}`;
}

/** @param {HTMLTimeElement} element @param {Date} now */
function write(element, now) {
  const stamp = element.getAttribute("datetime") ?? "";
  // A day without an hour belongs to no zone: read it as the reader's own midnight.
  const at = new Date(stamp.length === 10 ? `${stamp}T00:00` : stamp);
  if (Number.isNaN(at.getTime())) return;
  const as = element.dataset.as;
  let words = ago(at, now);
  if (as === "due") words = due(at, now);
  else if (as === "clock") words = clock.format(at);
  else if (as === "day") words = dayLine(at, now);
  else if (as === "span") words = lasting(element, at);
  else if (as === "until") words = until(at, now);
  if (element.textContent !== words) element.textContent = words;
  if (as !== "day") element.title = exact.format(at);
  element.classList.toggle("is-late", as === "due" && at < now);
}

/** @param {ParentNode} part */
function writeAll(part) {
  const now = new Date();
  for (const element of part.querySelectorAll("time[data-as]")) {
    write(/** @type {HTMLTimeElement} */ (element), now);
  }
}

/** The customer's own day and hour. */
class HeardClock extends HTMLElement {
  connectedCallback() {
    this.tick();
    this.timer = setInterval(() => this.tick(), 20_000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    const zone = this.dataset.zone;
    const there = new Intl.DateTimeFormat(language, {
      timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    });
    const place = (zone ?? "").split("/").pop()?.replaceAll("_", " ");
    this.textContent = `${there.format(new Date())} in ${place}`;
  }
}

customElements.define("heard-clock", HeardClock);
onEveryPart(writeAll);
setInterval(() => writeAll(document), 30_000);
