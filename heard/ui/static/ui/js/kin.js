// When somebody else merges or splits the open conversation, the people whom the composer writes to
// are others: the desk is drawn anew, unless somebody is writing on it.
// @ts-check

const CHANGES = ["conversation.joined", "conversation.split"];

function writing() {
  const draft = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("draft"));
  return Boolean(draft?.value.trim()) || Boolean(document.querySelector("dialog[open], .menu:popover-open"));
}

document.addEventListener("heard:notice", (event) => {
  const { name, topics } = /** @type {CustomEvent} */ (event).detail;
  const open = document.getElementById("conversation")?.dataset.conversation;
  if (!open || !CHANGES.includes(name) || !topics.includes(`conversation:${open}`) || writing()) return;
  const address = `/conversations/${open}${location.search}`;
  window.htmx.ajax("GET", address, { target: "#desk", select: "#desk", swap: "outerHTML" });
});
