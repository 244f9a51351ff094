// Shows what is found while somebody types. Without it the form works as it is.
const field = document.getElementById("q");
const found = document.getElementById("found");
const count = document.getElementById("found-count");

const pause = 200; // milliseconds: about the time between two letters
let timer = 0;
let running = null;
let shown = field?.value.trim();

async function show() {
  const words = field.value.trim();
  if (words === shown) return;
  shown = words;
  running?.abort();
  const query = new URLSearchParams(new FormData(field.form));
  // The address is that of what is shown, so that it can be kept and sent to others.
  history.replaceState(null, "", "/?" + query);
  if (words === "") {
    found.hidden = true;
    count.textContent = "";
    return;
  }
  running = new AbortController();
  try {
    const answer = await fetch("/search?" + query, { signal: running.signal });
    if (!answer.ok) return;
    found.innerHTML = await answer.text(); // our own page's fragment, escaped by the server
    found.hidden = false;
    count.textContent = found.querySelector("#found-heading")?.textContent ?? "";
  } catch {
    // Typed on, or not connected: the button still works.
  }
}

field?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, pause);
});
