import { isLoading, refresh } from './stay.js';
import { listen } from './stream.js';

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

// If a scenario was added, changed or removed elsewhere, the cards are loaded again. A page that is loaded now may have the old states.
listen('scenarios', ({ scenarios }) => {
  const shown = scenarios.map(show);
  const listed = document.querySelectorAll('[data-scenarios] [data-listed]').length;
  if (shown.includes(false) || listed !== scenarios.length || isLoading()) refresh().catch(() => undefined);
});

// The list of those that are on, and the setting of the first screen, are loaded again if another one is on.
listen('active', () => refresh().catch(() => undefined));

// A scenario that is on changes as soon as another choice is made. The choices of one that is off count when it is switched on.
document.addEventListener('change', ({ target }) => {
  const card = target.closest('[data-card]');
  if (card === null) return;
  if (card.querySelector('[data-switch]').getAttribute('aria-checked') === 'true') target.form.requestSubmit();
});

/** Checks the form of a rule while a person types. Only fields that were changed show what is wrong with them. */
class RuleForm {
  #form;
  #changed = new Set();
  #timer;
  #latest = 0;

  constructor(form) {
    this.#form = form;
    form.addEventListener('input', ({ target }) => {
      this.#changed.add(target.closest('fieldset')?.id || target.id);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#check().catch(() => undefined), 200);
    });
  }

  async #check() {
    const number = ++this.#latest;
    const answer = await fetch(this.#form.dataset.check, { method: 'POST', body: new URLSearchParams(new FormData(this.#form)) });
    const { problem, rule } = await answer.json();
    if (number !== this.#latest) return;
    this.#clear();
    if (problem && this.#changed.has(problem.field)) this.#show(problem);
    this.#form.querySelector('[data-preview]').hidden = rule === undefined;
    this.#form.querySelector('[data-rule-json]').textContent = rule ?? '';
  }

  #clear() {
    for (const text of this.#form.querySelectorAll('.wrong')) text.remove();
    for (const control of this.#form.querySelectorAll('[aria-invalid]')) {
      control.removeAttribute('aria-invalid');
      control.removeAttribute('aria-describedby');
    }
  }

  #show({ field, text }) {
    const control = document.getElementById(field);
    const problem = document.createElement('p');
    problem.className = 'wrong';
    problem.id = `${field}-problem`;
    problem.textContent = text;
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-describedby', problem.id);
    control.closest('.field').append(problem);
  }
}

new RuleForm(document.querySelector('[data-rule]'));
