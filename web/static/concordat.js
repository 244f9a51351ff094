// Starts the behaviours of the design system (menu, error summary, show password, conditional questions).
// What a single page needs is a file of its own in js/, loaded only by the page that asks for it.
import { initAll } from "./vendor/nhsuk/nhsuk-frontend.min.js";

initAll();
