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

/** Says beside the closed drawer's name what it will do, so that nobody wonders later. */
function tellDrawer() {
  const told = [...drawer.querySelectorAll('[data-short]')]
    .filter(({ type, checked, value }) => (type === 'checkbox' ? checked : value !== '' && Number(value) !== 0))
    .map(({ dataset, type, value }) => `${dataset.short} ${value}${type === 'number' ? ' s' : ''}`);
  drawer.querySelector('[data-now]').textContent = told.join(' · ');
}

form.addEventListener('change', ({ target }) => {
  if (target.name === 'scope') allowNeedsAScope();
  if (target.name === 'userId') changeUser();
  if (drawer?.contains(target)) tellDrawer();
});

// Enter in a field would press the form's first button, which is the one that closes.
form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.tagName === 'INPUT') event.preventDefault();
});

addEventListener('pageshow', () => {
  allowNeedsAScope();
  if (drawer) tellDrawer();
});
answerOnce(form);
holdFocus(form);
// Chosen before this script ran, as a test does on a slow machine.
if (form.elements.namedItem('userId').selectedOptions[0]?.defaultSelected === false) changeUser();
