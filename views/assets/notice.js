import { postAnswer } from './post-answer.js';
import { holdFocus } from './sheet.js';

const sheet = document.querySelector('[data-sheet]');
const close = sheet.querySelector('[data-close]');
close?.addEventListener('click', () => postAnswer(close.dataset));
// Pressed before it was listened to, it would do nothing: it can be pressed from now on.
if (close) close.disabled = false;
holdFocus(sheet);
