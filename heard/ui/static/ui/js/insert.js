// A suggested beginning goes into the composer, after what stands there already.
// @ts-check
import { closest } from "./page.js";

document.addEventListener("click", (event) => {
  const words = closest(event, "[data-insert]")?.dataset.insert;
  const draft = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("draft"));
  const reply = /** @type {HTMLInputElement | null} */ (document.querySelector("#composer [value='reply']"));
  if (!words || !draft) return;
  if (reply && !reply.checked && !reply.disabled) reply.click();
  draft.value = draft.value.trim() ? `${draft.value.trimEnd()}\n\n${words}` : words;
  draft.dispatchEvent(new Event("input", { bubbles: true }));
  draft.focus();
  draft.setSelectionRange(draft.value.length, draft.value.length);
});
