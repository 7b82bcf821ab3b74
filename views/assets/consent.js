import { isChosen, onChosen } from './chosen.js';
import { answerOnce, holdFocus } from './sheet.js';

const form = document.querySelector('[data-sheet]');
const allow = form.querySelector('[data-allow]');
const hint = form.querySelector('[data-hint]');
const drawer = form.querySelector('[data-drawer]');
const user = form.elements.namedItem('userId');
const scopes = [...form.querySelectorAll('input[type="checkbox"][name="scope"]')];

function allowNeedsAScope() {
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

/** Who leaves the list for a button that ends the screen wants just that. */
const endsScreen = (target) => target?.matches?.('button[name="decision"]:not([data-allow])') === true;

/** Says beside the closed drawer's name what it will do, so that nobody wonders later. */
function tellDrawer() {
  const told = [...drawer.querySelectorAll('[data-short]')]
    .filter(({ type, checked, value }) => (type === 'checkbox' ? checked : value !== '' && Number(value) !== 0))
    .map(({ dataset, type, value }) => `${dataset.short} ${value}${type === 'number' ? ' s' : ''}`);
  drawer.querySelector('[data-now]').textContent = told.join(' · ');
}

/** The list lies unseen over the user's card: who is passed in it by the keyboard shows below. */
function tellNext() {
  const next = form.querySelector('[data-next]');
  next.hidden = form.ariaBusy === 'true' || !isChosen(user);
  next.querySelector('bdi').textContent = user.selectedOptions[0]?.text;
}

form.addEventListener('change', ({ target }) => {
  if (target === user) tellNext();
  if (target.name === 'scope') allowNeedsAScope();
  if (drawer?.contains(target)) tellDrawer();
});

// Nobody allows in the name of a user whose data the screen does not show.
form.addEventListener('submit', (event) => {
  if (event.submitter !== allow || !isChosen(user)) return;
  event.preventDefault();
  changeUser();
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
onChosen(user, changeUser, ({ relatedTarget }) => !endsScreen(relatedTarget));
