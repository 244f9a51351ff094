// What is pasted from Word or a web page into a section keeps its headings, lists and tables: the server makes Markdown
// of it. Text without any of them is pasted as the browser does it.
const form = document.querySelector("form[data-pasted]");
const structure = /<(h[1-6]|[ou]l|li|table)\b|mso-list|MsoHeading/i;

async function markdownOf(html) {
  const answer = await fetch(form.dataset.pasted, { method: "POST", body: new URLSearchParams({ token: form.elements.token.value, html }) });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}

// insert puts text where the caret is and lets the browser's undo take it back.
function insert(box, text) {
  box.focus();
  if (!document.execCommand("insertText", false, text)) {
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

// apart puts empty lines between blocks and the words about the caret.
function apart(box, blocks) {
  const before = box.value.slice(0, box.selectionStart).match(/\n*$/)[0].length;
  const after = box.value.slice(box.selectionEnd).match(/^\n*/)[0].length;
  const lead = box.selectionStart === before ? "" : "\n".repeat(Math.max(2 - before, 0));
  const tail = box.value.length === box.selectionEnd + after ? "" : "\n".repeat(Math.max(2 - after, 0));
  return lead + blocks + tail;
}

form?.addEventListener("paste", async (event) => {
  const box = event.target;
  const html = event.clipboardData?.getData("text/html") ?? "";
  if (box.tagName !== "TEXTAREA" || !structure.test(html)) return;
  const plain = event.clipboardData.getData("text/plain");
  event.preventDefault();
  const note = form.querySelector("[data-status]");
  try {
    const { markdown, lost, advice } = await markdownOf(html);
    insert(box, markdown ? apart(box, markdown) : plain);
    note.textContent = advice ? `Pasted as plain words: ${advice}.` : "Pasted with its headings, lists and tables.";
    if (lost?.length) note.textContent += ` Not carried over: ${lost.join("; ")}.`;
  } catch {
    insert(box, plain); // no connection: the words at least
    note.textContent = "Pasted as plain words, for the server could not be reached.";
  }
});
