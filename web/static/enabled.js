// The first script of each page, not deferred: what the design system hides or shows for scripts
// must be known before the first paint, or the page jumps.
document.documentElement.classList.add("js-enabled");
document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
