import { postAnswer } from './post-answer.js';
import { holdFocus } from './sheet.js';

const sheet = document.querySelector('[data-sheet]');
const close = sheet.querySelector('[data-close]');
if (close && window.parent === window) {
  // Opened alone, a sheet has nothing to close: there are ways on instead.
  document.documentElement.className = 'page';
  sheet.querySelector('[data-framed]').remove();
  sheet.querySelector('[data-standalone]').hidden = false;
} else if (close) {
  close.addEventListener('click', () => postAnswer(close.dataset));
  // Pressed before it was listened to, it would do nothing: it can be pressed from now on.
  close.disabled = false;
}
holdFocus(sheet);
