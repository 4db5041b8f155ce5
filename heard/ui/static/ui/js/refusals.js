// A form whose act was refused says why, right under it; the composer says it itself.
// @ts-check

/** @param {Element} form */
function unsay(form) {
  if (form.nextElementSibling?.matches("[data-refused]")) form.nextElementSibling.remove();
}

document.addEventListener("htmx:beforeRequest", (event) => unsay(/** @type {CustomEvent} */ (event).detail.elt));
document.addEventListener("htmx:responseError", (event) => {
  const { elt, xhr } = /** @type {CustomEvent} */ (event).detail;
  const plain = xhr.getResponseHeader("Content-Type")?.startsWith("text/plain");
  if (xhr.status !== 422 || !plain || !(elt instanceof HTMLFormElement) || elt.id === "composer") return;
  const line = document.createElement("p");
  line.className = "wrong";
  line.dataset.refused = "";
  line.setAttribute("role", "alert");
  line.textContent = xhr.responseText;
  elt.after(line);
});
