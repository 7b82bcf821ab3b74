import { answerOnce, holdFocus } from './sheet.js';

const form = document.querySelector('[data-sheet]');
const allow = form.querySelector('[data-allow]');
const hint = form.querySelector('[data-hint]');
const drawer = form.querySelector('[data-drawer]');
const scopes = [...form.querySelectorAll('input[type="checkbox"][name="scope"]')];

function allowNeedsAScope() {
  const nothing = scopes.length > 0 && !scopes.some((scope) => scope.checked);
  allow.disabled = nothing;
  hint.hidden = !nothing;
}

function changeUser() {
  const decision = Object.assign(document.createElement('input'), { type: 'hidden', name: 'decision', value: 'user' });
  form.append(decision);
  form.submit();
}

/** Whoever sets what an answer needs wants that answer. */
function chooseAnswer({ dataset }) {
  drawer.querySelector(`input[name="drawer"][value="${dataset.sets}"]`).checked = true;
}

/** Whether a field was set before anybody listened. */
function wasSet(field) {
  return field.options ? field.selectedIndex > 0 : field.value !== field.defaultValue;
}

/** Says beside the closed drawer's name what it will do, so that nobody wonders later. */
function tellDrawer() {
  const value = (name) => form.elements.namedItem(name).value;
  const told = [...drawer.querySelectorAll('[data-short]:checked')].map(({ name, value: chosen, dataset }) => {
    if (name === 'refuse') return `${dataset.short} ${chosen}`;
    if (chosen === 'error') return `${dataset.short} ${value('error')}`;
    if (chosen === 'delay') return `${dataset.short} ${value('delay')} s`;
    return dataset.short;
  });
  drawer.querySelector('[data-now]').textContent = told.join(' · ');
}

form.addEventListener('change', ({ target }) => {
  if (target.name === 'scope') allowNeedsAScope();
  if (target.name === 'userId') changeUser();
  if (drawer?.contains(target)) {
    if (target.dataset.sets) chooseAnswer(target);
    tellDrawer();
  }
});

// Enter in a field would press the form's first button, which is the one that closes.
form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.tagName === 'INPUT') event.preventDefault();
});

addEventListener('pageshow', () => {
  allowNeedsAScope();
  if (drawer) {
    for (const field of drawer.querySelectorAll('[data-sets]')) if (wasSet(field)) chooseAnswer(field);
    tellDrawer();
  }
});
answerOnce(form);
holdFocus(form);
// Chosen before this script ran, as a test does on a slow machine.
if (form.elements.namedItem('userId').selectedOptions[0]?.defaultSelected === false) changeUser();
