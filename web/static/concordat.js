// Starts the behaviours of the design system (menu, error summary, show password, conditional questions).
// What a single page needs is a file of its own in js/, loaded only by the page that asks for it.
// File boxes stay as the browser has them: the design system's drop zone has a name that differs from what it shows.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, Header, NotificationBanner, PasswordInput, Radios, SkipLink, Table,
  createAll,
} from "./vendor/nhsuk/nhsuk-frontend.min.js";

[Button, CharacterCount, Checkboxes, ErrorSummary, Header, NotificationBanner, PasswordInput, Radios, SkipLink, Table]
  .forEach((component) => createAll(component));
