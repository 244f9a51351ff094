// Text pasted from Word or a web page keeps its headings, lists and tables: the clipboard's HTML goes to the server
// beside the text, and the server makes Markdown of it. The box stays the truth: typing in it lets the HTML go.
const box = document.querySelector("textarea[data-paste]");

if (box) {
  const html = document.createElement("input");
  html.type = "hidden";
  html.name = "html";
  const note = document.createElement("p");
  note.className = "nhsuk-hint";
  note.setAttribute("role", "status");
  box.after(html, note);

  const forget = () => {
    if (!html.value) return;
    html.value = "";
    note.textContent = "You changed the text: it is taken as it stands in the box.";
  };

  let pasting = false;
  box.addEventListener("paste", (event) => {
    const whole = box.value.trim() === "" || (box.selectionStart === 0 && box.selectionEnd === box.value.length);
    const pasted = event.clipboardData?.getData("text/html") ?? "";
    if (!whole || !pasted) return;
    pasting = true;
    html.value = pasted;
    note.textContent = "Headings, lists and tables will be kept. You can correct the text after it is recorded.";
  });
  box.addEventListener("input", () => {
    if (!pasting) forget();
    pasting = false;
  });
}
