// Whom a reply goes to: the line over the words, and the fields it opens to.
// @ts-check
/** @typedef {import("./drafts.js").Route} Route */

const FIELDS = /** @type {const} */ (["to", "cc", "bcc"]);

export class RouteLine {
  /** The names the page came with, by field. @type {Map<string, string>} */ names = new Map();

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
  }

  /** @param {string} name @returns {HTMLInputElement | null} */
  field(name) {
    return this.form.querySelector(`input[name=${name}]`);
  }

  /** What is typed, or null where nothing was changed. @returns {Route | null} */
  typed() {
    const [to, cc, bcc] = FIELDS.map((name) => this.field(name)?.value ?? "");
    const same = FIELDS.every((name) => this.field(name)?.value === this.field(name)?.defaultValue);
    return same ? null : { to, cc, bcc };
  }

  /** @param {Route | null} route none: whom this page named */
  show(route) {
    for (const name of FIELDS) {
      const field = this.field(name);
      if (field) field.value = route ? route[name] : field.defaultValue;
    }
    this.tell();
  }

  /** The line says what the fields hold; names stand only for the addresses the page came with. */
  tell() {
    this.tellField("to", "nobody yet");
    for (const name of ["cc", "bcc"]) {
      const says = this.tellField(name, "");
      this.form.querySelector(`[data-route=${name}]`)?.toggleAttribute("hidden", !says);
    }
  }

  /** @param {string} name @param {string} none @returns {string} what the line says now */
  tellField(name, none) {
    const line = this.form.querySelector(`[data-route-${name}]`);
    const field = this.field(name);
    if (!line || !field) return "";
    const came = this.names.get(name) ?? line.textContent ?? "";
    this.names.set(name, came);
    const says = field.value === field.defaultValue ? came : field.value.trim() || none;
    if (line.textContent !== says) line.textContent = says;
    return says;
  }
}
