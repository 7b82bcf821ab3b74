import { leave } from './leave.js';
import { holdFocus } from './sheet.js';

const sheet = document.querySelector('[data-sheet]');
const close = sheet.querySelector('[data-close]');
if (close && window.parent === window) {
  // Opened without a page around, the sheet has nothing to close: show links instead.
  document.documentElement.className = 'page';
  sheet.querySelector('[data-framed]').remove();
  sheet.querySelector('[data-standalone]').hidden = false;
} else if (close) {
  close.addEventListener('click', () => leave(close.dataset));
  // The button starts disabled, because it does nothing before this script runs.
  close.disabled = false;
}
holdFocus();
