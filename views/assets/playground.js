import { clearFlow, fill, flow, light, ownStep, place, pretty, slot } from './playground-flow.js';
import { choiceForm, followScenarios, frame, openPhone, ownRun, readSetup } from './playground-setup.js';
import { listen } from './stream.js';

const play = document.querySelector('[data-play]');
const phone = document.querySelector('[data-phone]');
const timeline = document.querySelector('[data-timeline]');
const actions = [...document.querySelectorAll('[data-do]')];

/** The last messages of the mini program: to the wallet, and to its server. */
let called;
let sent;

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

function startRun() {
  Object.assign(run, { active: true, authorization: '', exchanging: true, answered: false, session: undefined });
  called = undefined;
  clearFlow();
  timeline.hidden = true;
  allow({});
  light('1.1', 'running');
}

const addStep = (values) => ownStep(values, run.exchanging);

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
  place(document.importNode(step, true), run.exchanging);
}

function showAnswer(sent, status, { session, can, customer, kept, ...answer }) {
  const words = flow.dataset;
  const result = answer.result ?? answer.message ?? '';
  const sentStep = slot('2');
  const received = { ...answer, ...(customer && { customer }) };
  sentStep.querySelector('[data-response]').textContent = pretty(received);
  addStep({
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
    addStep({ number: '2', title: sentTitle, badge: 'POST', status: '', reason: sentReason, request: sent, response: null });
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
      addStep({
        title: clockTitle,
        badge: 'OK',
        status: 'S',
        reason: fill(clockReason, clock),
        request: { until: clock.expiresAt },
        response: clock,
      });
    if (error)
      addStep({
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

/** After a reset, the merchant has no tokens. */
async function startOver() {
  run.active = false;
  clearFlow();
  timeline.hidden = true;
  allow({});
  await readSetup();
}

frame.addEventListener('load', watchSheets);
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
for (const button of actions) button.addEventListener('click', () => act(button));
// The mini program must not start before this page listens.
openPhone();
