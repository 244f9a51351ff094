// Shows what is typed as it will read. The server renders it, so that preview and publication cannot differ;
// the boxes stay the only place where the text is.
const form = document.querySelector("form[data-preview]");
const pause = 500; // milliseconds of quiet before the server is asked

let timer = 0;
let request = null;

async function refresh() {
  request?.abort();
  request = new AbortController();
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: request.signal });
    if (!answer.ok) return;
    const { sections } = await answer.json();
    for (const s of sections) show(s);
  } catch {
    // No connection, or a newer request: the preview stays as it was, and saving tells what is wrong.
  }
}

function show({ key, number, html, advice }) {
  const section = form.querySelector(`[data-section="${CSS.escape(key)}"]`);
  if (!section) return;
  section.querySelector("[data-number]").textContent = number ? `${number}. ` : "";
  const view = section.querySelector("[data-view]");
  const before = view.dataset.html ?? null;
  if (before === html + advice) return;
  view.dataset.html = html + advice;
  if (html) {
    view.innerHTML = html; // made safe by the server's renderer, as everything that the public reads
    return;
  }
  const p = document.createElement("p");
  p.className = advice ? "" : "nhsuk-hint";
  p.textContent = advice || "Nothing here yet.";
  view.replaceChildren(p);
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, pause);
});
