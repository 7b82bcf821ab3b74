import { answerOnce, holdFocus } from './sheet.js';
import { setUpChooser } from './user-chooser.js';

function setUp(form) {
  const drawer = form.querySelector('[data-drawer]');
  const update = () => {
    updateAllow(form);
    if (drawer) showDrawerChoices(drawer);
  };
  form.addEventListener('change', update);
  form.addEventListener('keydown', ignoreEnter);
  update();
  // A browser may fill in the form as it was left.
  addEventListener('pageshow', update);
  setUpChooser(form);
  answerOnce(form, setUp);
}

function updateAllow(form) {
  const scopes = [...form.querySelectorAll('input[type="checkbox"][name="scope"]')];
  const nothing = scopes.length > 0 && !scopes.some((scope) => scope.checked);
  form.querySelector('[data-allow]').disabled = nothing;
  form.querySelector('[data-hint]').hidden = !nothing;
}

/** Shows the drawer's choices in its summary, so that they are visible while it is closed. */
function showDrawerChoices(drawer) {
  const choices = [...drawer.querySelectorAll('[data-short]')]
    .filter(({ type, checked, value }) => (type === 'checkbox' ? checked : value !== '' && Number(value) !== 0))
    .map(({ dataset, type, value }) => `${dataset.short} ${value}${type === 'number' ? ' s' : ''}`);
  drawer.querySelector('[data-now]').textContent = choices.join(' · ');
}

/** Enter in a field would press the form's first button, which closes the screen. */
function ignoreEnter(event) {
  const { tagName, type } = event.target;
  if (event.key === 'Enter' && tagName === 'INPUT' && type !== 'button') event.preventDefault();
}

setUp(document.querySelector('[data-sheet]'));
holdFocus();
