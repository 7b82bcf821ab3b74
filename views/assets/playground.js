import { listen } from './stream.js';

const play = document.querySelector('[data-play]');
const phone = document.querySelector('[data-phone]');
const frame = phone.querySelector('iframe');
const flow = document.querySelector('[data-flow]');
const setup = document.querySelector('[data-setup]');
const choiceForm = document.querySelector('[data-choice]');
const timeline = document.querySelector('[data-timeline]');
const actions = [...document.querySelectorAll('[data-do]')];
const emptyFlow = flow.innerHTML;
const pretty = (value) => JSON.stringify(value, null, 2);

/** The last messages of the mini program: to the wallet, and to its server. */
let called;
let sent;

/** Names this tab in the address of its mini program, so that its calls can be told from those of other tabs. */
const ownRun = Math.random().toString(36).slice(2);
/** Authorizations of other tabs, the latest ones. */
const others = new Set();
const maxOthers = 100;

/** The authorization that the steps belong to. Its calls come from the journal's stream. */
const run = {
  active: false,
  authorization: '',
  exchanging: false,
  answered: false,
  session: undefined,
  drawn: Promise.resolve(),
};

/** Scrolls the phone into view when the wallet adds a sheet. The sheet is not in the body of the mini program, but next to it. */
function watchSheets() {
  new MutationObserver((changes) => {
    if (changes.some(({ addedNodes }) => addedNodes.length > 0)) phone.scrollIntoView({ block: 'nearest' });
  }).observe(frame.contentDocument.documentElement, { childList: true });
}

const slot = (number) => flow.querySelector(`[data-number="${number}"]`);

function light(number, state) {
  const item = slot(number);
  const text = item?.querySelector('[data-slot-state]');
  if (!text) return;
  item.dataset.state = state;
  text.textContent = flow.dataset[state];
}

function startRun() {
  Object.assign(run, { active: true, authorization: '', exchanging: true, answered: false, session: undefined });
  called = undefined;
  flow.innerHTML = emptyFlow;
  timeline.hidden = true;
  allow({});
  light('1.1', 'running');
}

/** Puts a step in the place of its number. A step without a place goes before 2.4 during the exchange, and to the end later. */
function place(step) {
  const { number } = step.dataset;
  const reserved = number ? slot(number) : null;
  if (reserved?.querySelector('[data-slot-state]')) {
    reserved.replaceWith(step);
    return;
  }
  step.dataset.number = '';
  step.querySelector('.flow-number').textContent = '';
  const first = slot('1.1');
  if (!run.exchanging) {
    flow.append(step);
    step.scrollIntoView({ block: 'nearest' });
  } else flow.insertBefore(step, first?.querySelector('[data-slot-state]') ? first : slot('2.4'));
}

/** A step that is no call of the journal: between the page and its server, or a change of the clock. */
function ownStep({ number = '', title, badge, status, reason, request, response, kept }) {
  const step = document.querySelector('template[data-step]').content.firstElementChild.cloneNode(true);
  const write = (name, text) => {
    step.querySelector(`[data-${name}]`).textContent = text;
  };
  step.dataset.number = number;
  step.dataset.state = status === 'F' ? 'failed' : 'done';
  step.querySelector('.flow-number').textContent = number;
  write('title', title);
  write('badge', badge);
  step.querySelector('[data-badge]').dataset.status = status;
  write('reason', reason);
  write('request', pretty(request));
  write('response', pretty(response));
  if (kept) {
    step.querySelector('[data-kept]').hidden = false;
    step.querySelector('[data-kept] pre').textContent = pretty(kept);
  }
  place(step);
  return step;
}

/** Notes whose authorization a call of a mini program began. @returns false if it is another tab's */
function isOurs({ authorizationId = '', run: by }) {
  if (by === undefined) return !others.has(authorizationId);
  if (by === ownRun) {
    if (run.active && authorizationId) run.authorization = authorizationId;
    return true;
  }
  if (authorizationId) others.add(authorizationId);
  if (others.size > maxOthers) others.delete(others.values().next().value);
  return false;
}

/** Adds a call of the journal, which the server renders. */
async function drawCall({ id, authorizationId = '' }) {
  if (!run.active) return;
  if (run.authorization && authorizationId && authorizationId !== run.authorization) return;
  const answer = await fetch(`${play.dataset.steps}${id}?lang=${document.documentElement.lang}`);
  if (!answer.ok) return;
  const step = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('li');
  if (authorizationId) {
    run.authorization = authorizationId;
    timeline.href = play.dataset.authorizations + authorizationId;
    timeline.hidden = false;
  }
  // The journal has the user's answer on the screen as the request. The page's own call says more here.
  if (step.dataset.kind === 'jsapi' && called) step.querySelector('[data-request]').textContent = pretty(called);
  place(document.importNode(step, true));
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function showAnswer(sent, status, { session, can, customer, kept, ...answer }) {
  const words = flow.dataset;
  const result = answer.result ?? answer.message ?? '';
  const sentStep = slot('2');
  const received = { ...answer, ...(customer && { customer }) };
  sentStep.querySelector('[data-response]').textContent = pretty(received);
  ownStep({
    number: '2.4',
    title: words.answerTitle,
    badge: answer.ok ? `HTTP ${status}` : words.failed,
    status: answer.ok ? 'S' : 'F',
    reason: fill(answer.ok ? words.answerReason : words.answerFailed, { result }),
    request: sent,
    response: received,
    kept,
  });
  run.session = session;
  allow(can ?? {});
}

let allowed = {};
function allow(can) {
  allowed = can;
  for (const button of actions) button.disabled = !can[button.dataset.can];
}

/** Handles the messages that the mini program sends about its run. */
const onEvent = {
  open() {
    if (choiceForm.elements.ask.value !== 'load') run.active = false;
  },
  asked: startRun,
  called(event) {
    called = event.parameters;
  },
  sent(event) {
    const { authCode, ...rest } = event.sent;
    sent = { authCode: `${authCode.slice(0, 6)}…`, ...rest };
    const { sentTitle, sentReason } = flow.dataset;
    ownStep({ number: '2', title: sentTitle, badge: 'POST', status: '', reason: sentReason, request: sent, response: null });
    light('2.2', 'running');
  },
  answered({ status, answer }) {
    run.answered = true;
    // The merchant's server has no key to sign with, so it did not call the platform.
    if (answer.error === 'not-demo-key') light('2.2', 'skipped');
    showAnswer(sent, status, answer);
  },
  // A call that was made stays "waiting" until the stream brings it, which can be after the end of the run.
  ended() {
    if (called === undefined) light('1.1', 'skipped');
    if (slot('2.2').dataset.state === 'running' && !run.answered) light('2.2', 'failed');
    for (const item of flow.querySelectorAll('[data-state="pending"]')) light(item.dataset.number, 'skipped');
    // On a phone, the mini program stays in view.
    if (matchMedia('(min-width: 60rem)').matches) slot('2.4').scrollIntoView({ block: 'nearest' });
  },
};

async function act(button) {
  run.exchanging = false;
  const { clockTitle, clockReason, actionFailed } = flow.dataset;
  const path = `${play.dataset.sessions}${run.session}/${button.dataset.do}?lang=${document.documentElement.lang}`;
  for (const one of actions) one.disabled = true;
  try {
    const answer = await fetch(path, { method: 'POST' });
    const { clock, can, error, message } = await answer.json();
    if (clock)
      ownStep({
        title: clockTitle,
        badge: 'OK',
        status: 'S',
        reason: fill(clockReason, clock),
        request: { until: clock.expiresAt },
        response: clock,
      });
    if (error)
      ownStep({
        title: actionFailed,
        badge: error,
        status: 'F',
        reason: message,
        request: button.dataset.do,
        response: { error, message },
      });
    allow(can ?? (answer.status === 404 ? {} : allowed));
  } catch {
    // The emulator did not answer, so nothing changed.
    allow(allowed);
  }
  if (!button.disabled) button.focus({ preventScroll: true });
}

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
  document.querySelector('[data-alone]').href = phoneUrl;
  if (target?.name === 'ask') reopen();
  else frame.contentWindow.postMessage({ playground: 'choice', choice }, location.origin);
}

function reopen() {
  frame.contentWindow.location.replace(document.querySelector('[data-alone]').href);
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
async function followScenarios() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('#play-scenario');
  const shown = setup.elements.scenario;
  shown.options[0].textContent = fresh.options[0].textContent;
  shown.value = fresh.value;
  takeOver(page);
}

/** After a reset, the merchant has no tokens, and user and scenario are those of the fixtures. */
async function startOver() {
  run.active = false;
  flow.innerHTML = emptyFlow;
  timeline.hidden = true;
  allow({});
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const name of ['wallet', 'user', 'scenario']) setup.elements[name].value = page.querySelector(`#play-${name}`).value;
  choiceForm.innerHTML = page.querySelector('[data-choice]').innerHTML;
  takeOver(page);
  choose({});
}

frame.addEventListener('load', watchSheets);
// The mini program must not start before this page listens.
const address = new URL(frame.dataset.src, location.href);
address.searchParams.set('run', ownRun);
document.querySelector('[data-alone]').href = address;
frame.src = address;
addEventListener('message', ({ origin, source, data }) => {
  if (origin === location.origin && source === frame.contentWindow) onEvent[data?.playground]?.(data);
});
listen('steps', ({ steps }) => {
  for (const step of steps) if (isOurs(step) && step.id) run.drawn = run.drawn.then(() => drawCall(step)).catch(() => undefined);
});
listen('reset', startOver);
listen('active', () => followScenarios().catch(() => undefined));
// The page comes back with the current choice, which the server did not know when it rendered the step.
flow.addEventListener('submit', ({ target }) => {
  target.elements.back.value = location.pathname + location.search;
});
setup.addEventListener('change', apply);
choiceForm.addEventListener('change', choose);
choiceForm.addEventListener('submit', (event) => event.preventDefault());
choiceForm.addEventListener('click', ({ target }) => {
  if (target.closest('[data-reopen]')) reopen();
});
for (const button of actions) button.addEventListener('click', () => act(button));
