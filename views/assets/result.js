import { postAnswer } from './post-answer.js';

if (!postAnswer(document.body.dataset)) {
  document.documentElement.className = 'page';
  document.querySelector('[data-sending]').hidden = true;
  document.querySelector('[data-standalone]').hidden = false;
}
