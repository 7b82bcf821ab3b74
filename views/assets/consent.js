import { answerOnce, holdFocus } from './sheet.js';
import { setUpChooser } from './user-chooser.js';

const form = document.querySelector('[data-sheet]');
const allow = form.querySelector('[data-allow]');
const hint = form.querySelector('[data-hint]');
const drawer = form.querySelector('[data-drawer]');
const scopes = [...form.querySelectorAll('input[type="checkbox"][name="scope"]')];

function updateAllow() {
  const nothing = scopes.length > 0 && !scopes.some((scope) => scope.checked);
  allow.disabled = nothing;
  hint.hidden = !nothing;
}

/** Shows the drawer's choices in its summary, so that they are visible while it is closed. */
function showDrawerChoices() {
  const choices = [...drawer.querySelectorAll('[data-short]')]
    .filter(({ type, checked, value }) => (type === 'checkbox' ? checked : value !== '' && Number(value) !== 0))
    .map(({ dataset, type, value }) => `${dataset.short} ${value}${type === 'number' ? ' s' : ''}`);
  drawer.querySelector('[data-now]').textContent = choices.join(' · ');
}

form.addEventListener('change', ({ target }) => {
  if (target.name === 'scope') updateAllow();
  if (drawer?.contains(target)) showDrawerChoices();
});

// Enter in a field would press the form's first button, which closes the screen.
form.addEventListener('keydown', (event) => {
  const { tagName, type } = event.target;
  if (event.key === 'Enter' && tagName === 'INPUT' && type !== 'button') event.preventDefault();
});

addEventListener('pageshow', () => {
  updateAllow();
  if (drawer) showDrawerChoices();
});
setUpChooser(form);
answerOnce(form);
holdFocus(form);
