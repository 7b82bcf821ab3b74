import { postAnswer } from './post-answer.js';

/** Posts the result to the page around, and then moves the sheet out. The page removes the frame when the sheet has gone. */
export function leave(answer) {
  const page = document.documentElement;
  const leavingTimeMs = Number.parseFloat(getComputedStyle(page).getPropertyValue('--leave')) * 1000;
  postAnswer(answer, leavingTimeMs);
  // A test that looks for a screen must not find one that was answered.
  for (const element of document.querySelectorAll('[data-testid]')) element.removeAttribute('data-testid');
  page.classList.add('leaving');
}
