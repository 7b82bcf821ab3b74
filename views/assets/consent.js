import { isChosen, onChosen } from './chosen.js';
import { answerOnce, holdFocus } from './sheet.js';

const form = document.querySelector('[data-sheet]');
const allow = form.querySelector('[data-allow]');
const hint = form.querySelector('[data-hint]');
const drawer = form.querySelector('[data-drawer]');
const user = form.elements.namedItem('userId');
const scopes = [...form.querySelectorAll('input[type="checkbox"][name="scope"]')];

function updateAllow() {
  const nothing = scopes.length > 0 && !scopes.some((scope) => scope.checked);
  allow.disabled = nothing;
  hint.hidden = !nothing;
}

function changeUser() {
  const fields = { type: 'submit', name: 'decision', value: 'user', formNoValidate: true, hidden: true };
  const decision = Object.assign(document.createElement('button'), fields);
  form.append(decision);
  decision.click();
  decision.remove();
}

/** Leaving the user list for a button that ends the screen does not change the user. */
const endsScreen = (target) => target?.matches?.('button[name="decision"]:not([data-allow])') === true;

/** Shows the drawer's choices in its summary, so that they are visible while it is closed. */
function showDrawerChoices() {
  const choices = [...drawer.querySelectorAll('[data-short]')]
    .filter(({ type, checked, value }) => (type === 'checkbox' ? checked : value !== '' && Number(value) !== 0))
    .map(({ dataset, type, value }) => `${dataset.short} ${value}${type === 'number' ? ' s' : ''}`);
  drawer.querySelector('[data-now]').textContent = choices.join(' · ');
}

/** The select is transparent, so the option that the keyboard has reached is shown below it. */
function showNextUser() {
  const next = form.querySelector('[data-next]');
  next.hidden = form.ariaBusy === 'true' || !isChosen(user);
  next.querySelector('bdi').textContent = user.selectedOptions[0]?.text;
}

form.addEventListener('change', ({ target }) => {
  if (target === user) showNextUser();
  if (target.name === 'scope') updateAllow();
  if (drawer?.contains(target)) showDrawerChoices();
});

// The screen still shows the data of the previous user: show the new user's before allowing.
form.addEventListener('submit', (event) => {
  if (event.submitter !== allow || !isChosen(user)) return;
  event.preventDefault();
  changeUser();
});

// Enter in a field would press the form's first button, which closes the screen.
form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.tagName === 'INPUT') event.preventDefault();
});

addEventListener('pageshow', () => {
  updateAllow();
  if (drawer) showDrawerChoices();
});
answerOnce(form);
holdFocus(form);
onChosen(user, changeUser, ({ relatedTarget }) => !endsScreen(relatedTarget));
