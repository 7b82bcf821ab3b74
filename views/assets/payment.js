import { answerOnce, holdFocus } from './sheet.js';

const form = document.querySelector('[data-sheet]');
answerOnce(form);
holdFocus(form);
