// Keeps what is typed every few seconds, so that a closed window loses nothing. It saves no version of the policy:
// only "Save" does.
const form = document.querySelector("form[data-autosave]");
const status = form?.querySelector("[data-status]");
const every = 3000; // milliseconds

let typed = false;
let saving = false;
let leaving = false;

async function keep() {
  if (!typed || saving || leaving) return;
  typed = false;
  saving = true;
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok) throw new Error();
    const { saved } = await answer.json();
    say(`Kept at ${saved}, not saved yet.`);
  } catch {
    typed = true;
    say("What you type cannot be kept at the moment. Save it yourself.");
  } finally {
    saving = false;
  }
}

// A screen reader hears the state when it changes in kind, not every three seconds.
let kind = "";
function say(text) {
  const now = text.slice(0, 4);
  if (now !== kind) status.setAttribute("role", "status");
  else status.removeAttribute("role");
  kind = now;
  status.textContent = text;
}

if (form) {
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { leaving = true; });
  setInterval(keep, every);
  window.addEventListener("beforeunload", (event) => {
    if (typed && !leaving) event.preventDefault();
  });
}
