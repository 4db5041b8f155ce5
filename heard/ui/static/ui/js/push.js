// Lets this browser be pushed to: asks for leave, subscribes, and sends the form with where and how.
// @ts-check

/** @param {string} text base64 as addresses spell it @returns {Uint8Array} */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

/** @param {ArrayBuffer | null} key */
function spelled(key) {
  const plain = String.fromCharCode(...new Uint8Array(key ?? new ArrayBuffer(0)));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** «Firefox on Linux», for a list of one's browsers. */
function called() {
  const agent = navigator.userAgent;
  const names = /** @type {const} */ ([["Edg/", "Edge"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]]);
  const name = names.find(([mark]) => agent.includes(mark))?.[1] ?? "A browser";
  const place = ["Android", "iPhone", "iPad", "Windows", "Mac", "Linux"].find((one) => agent.includes(one));
  return place ? `${name} on ${place}` : name;
}

class HeardPush extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !("PushManager" in window) || !("serviceWorker" in navigator)) return;
    button.disabled = Notification.permission === "denied";
    this.say(button.disabled
      ? "This browser was told never to show notifications of this address. Its settings change that."
      : "Your browser asks you first.");
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.ask().catch(() => this.say("This browser could not be reached by its maker. Try again later."));
    });
  }

  /** @param {string} words */
  say(words) {
    const place = this.querySelector("[data-says]");
    if (place) place.textContent = words;
  }

  async ask() {
    if (await Notification.requestPermission() !== "granted") {
      return this.say("Nothing was changed: the browser was not given leave.");
    }
    await navigator.serviceWorker.register("/push-worker.js");
    const { pushManager } = await navigator.serviceWorker.ready;
    // Of an older key of ours nothing would arrive.
    await (await pushManager.getSubscription())?.unsubscribe();
    const key = /** @type {BufferSource} */ (bytes(this.dataset.key ?? ""));
    this.send(await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  }

  /** @param {PushSubscription} found */
  send(found) {
    const form = this.querySelector("form");
    const said = {
      endpoint: found.endpoint,
      p256dh: spelled(found.getKey("p256dh")),
      auth: spelled(found.getKey("auth")),
      browser: called(),
    };
    for (const [name, value] of Object.entries(said)) {
      /** @type {HTMLInputElement} */ (form?.elements.namedItem(name)).value = value;
    }
    form?.submit();
  }
}

customElements.define("heard-push", HeardPush);

// The next person at a shared device is shown nothing of this one's.
document.addEventListener("submit", async (event) => {
  if (!(event.target instanceof Element) || !event.target.matches("form[data-person-leaves]")) return;
  const worker = await navigator.serviceWorker?.getRegistration("/push-worker.js");
  await (await worker?.pushManager?.getSubscription())?.unsubscribe();
});
