export const frame = document.querySelector('[data-phone] iframe');
export const choiceForm = document.querySelector('[data-choice]');
const setup = document.querySelector('[data-setup]');
/** A link to the mini program without the phone around it. It has the address that the phone opens. */
const alone = document.querySelector('[data-alone]');

/** Names this tab in the address of its mini program, so that its calls can be told from those of other tabs. */
export const ownRun = Math.random().toString(36).slice(2);

/** The chosen call with its scopes. Null if this wallet has no call. */
function currentChoice() {
  const option = choiceForm.elements.call.selectedOptions[0];
  if (!option) return null;
  const scopes = [...choiceForm.querySelectorAll('fieldset:not([disabled]) [name="scope"]:checked')].map(({ value }) => value);
  return { ...JSON.parse(option.dataset.offer), scopes };
}

/** Writes the choice into the address, so that it can be sent, and tells the phone. */
function choose({ target }) {
  const { call, ask } = choiceForm.elements;
  for (const scopes of choiceForm.querySelectorAll('[data-scopes-of]')) {
    const isShown = scopes.dataset.scopesOf === call.value;
    scopes.hidden = !isShown;
    scopes.disabled = !isShown;
    // Several calls can have a scope, and only the shown one is meant.
    for (const box of scopes.querySelectorAll('input'))
      if (isShown) box.dataset.testid = `scope-${box.value}`;
      else delete box.dataset.testid;
  }
  const choice = currentChoice();
  const query = new URLSearchParams(location.search);
  for (const name of ['call', 'scope', 'ask']) query.delete(name);
  if (choice) query.set('call', choice.id);
  for (const scope of choice?.scopes ?? []) query.append('scope', scope);
  if (ask.value) query.set('ask', ask.value);
  history.replaceState(null, '', `?${query}`);
  setup.action = location.href;
  const phoneUrl = new URL(frame.src);
  query.set('lang', document.documentElement.lang);
  query.set('run', ownRun);
  phoneUrl.search = query;
  alone.href = phoneUrl;
  if (target?.name === 'ask') reopen();
  else frame.contentWindow.postMessage({ playground: 'choice', choice }, location.origin);
}

function reopen() {
  frame.contentWindow.location.replace(alone.href);
}

/**
 * Applies the changed one of wallet, user and scenario: the scenario that shows may have been limited elsewhere. Another wallet has other
 * calls, so the whole page is loaded again.
 */
async function apply({ target }) {
  const answer = await fetch(setup.action, { method: 'POST', body: new URLSearchParams({ [target.name]: target.value }) });
  if (!answer.ok || target.name === 'wallet') return location.assign(location.href);
  takeOver(new DOMParser().parseFromString(await answer.text(), 'text/html'));
}

/** Shows what the server says about user and scenario. */
function takeOver(page) {
  for (const shown of document.querySelectorAll('[data-fresh]'))
    shown.replaceWith(document.importNode(page.querySelector(`[data-fresh="${shown.dataset.fresh}"]`), true));
}

/** A scenario was switched on or off elsewhere, or has acted for the last time. */
export async function followScenarios() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('#play-scenario');
  const shown = setup.elements.scenario;
  shown.options[0].textContent = fresh.options[0].textContent;
  shown.value = fresh.value;
  takeOver(page);
}

/** Shows the setup that the server has: after a reset, wallet, user and scenario are those of the fixtures. */
export async function readSetup() {
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const name of ['wallet', 'user', 'scenario']) setup.elements[name].value = page.querySelector(`#play-${name}`).value;
  choiceForm.innerHTML = page.querySelector('[data-choice]').innerHTML;
  takeOver(page);
  choose({});
}

/** Opens the mini program in the phone. */
export function openPhone() {
  const address = new URL(frame.dataset.src, location.href);
  address.searchParams.set('run', ownRun);
  alone.href = address;
  frame.src = address;
}

setup.addEventListener('change', apply);
choiceForm.addEventListener('change', choose);
choiceForm.addEventListener('submit', (event) => event.preventDefault());
choiceForm.addEventListener('click', ({ target }) => {
  if (target.closest('[data-reopen]')) reopen();
});
