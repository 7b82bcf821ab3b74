import { answerOnce, holdFocus } from './sheet.js';

answerOnce(document.querySelector('[data-sheet]'));
holdFocus();
