import { refresh } from './stay.js';

/** Shows what a message says of a scenario. @returns false if the card shows another rule */
function show({ id, on, state, hits, rule }) {
  const name = CSS.escape(id);
  const badge = document.querySelector(`[data-state-of="${name}"]`);
  const button = document.getElementById(`switch-${id}`);
  if (badge === null || document.querySelector(`[data-rule-of="${name}"]`).textContent !== rule) return false;
  badge.textContent = state;
  badge.toggleAttribute('data-status', on);
  if (on) badge.dataset.status = 'S';
  document.querySelector(`[data-hits-of="${name}"]`).textContent = hits;
  button.setAttribute('aria-checked', on);
  button.value = String(!on);
  return true;
}

/** Follows the scenarios. If one was added, changed or removed elsewhere, the cards are loaded again. */
function follow(list) {
  const stream = new EventSource(list.dataset.stream);
  stream.addEventListener('message', ({ data }) => {
    const { scenarios } = JSON.parse(data);
    const shown = scenarios.map(show);
    const listed = list.querySelectorAll('[data-listed]').length;
    if (shown.includes(false) || listed !== scenarios.length) refresh().catch(() => undefined);
  });
  addEventListener('pagehide', () => stream.close());
}

// A scenario that is on changes as soon as another choice is made. The choices of one that is off count when it is switched on.
document.addEventListener('change', ({ target }) => {
  const card = target.closest('[data-card]');
  if (card === null) return;
  if (target.name === 'count') card.querySelector('[name="often"][value="times"]').checked = true;
  if (card.querySelector('[data-switch]').getAttribute('aria-checked') === 'true') target.form.requestSubmit();
});

follow(document.querySelector('[data-scenarios]'));
