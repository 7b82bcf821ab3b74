/* global my */
const find = (name) => document.querySelector(`[data-${name}]`);
const { server, choice: initialChoice, purpose: whatFor, atLoad } = document.body.dataset;
const button = find('ask');
const line = find('line');
const callback = find('callback');
let choice = JSON.parse(initialChoice);

const pretty = (value) => JSON.stringify(value ?? null, null, 2);

/** @param text the name of the line's data attribute that has the text, such as `merchant-ok` */
function tell(text, tone = '', values = {}) {
  line.className = `line ${tone}`;
  line.textContent = line.getAttribute(`data-${text}`).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Tells the playground around this page what happens. Opened alone, the page tells itself, and nobody listens. */
function report(event, more = {}) {
  parent.postMessage({ playground: event, ...more }, location.origin);
}

function showChoice() {
  button.hidden = choice === null;
  if (choice) find('asks').textContent = [`my.${choice.jsapi}`, ...choice.scopes].join(' ');
}

async function post(path, body) {
  const answer = await fetch(`${server}${path}?lang=${document.documentElement.lang}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

/** The parameters of the call. The server prepares an authorization first if the choice says so. */
async function parametersOf({ kind, scopes, purpose }) {
  if (kind === 'answer') return {};
  if (kind === 'authorize') return { scopes, ...(purpose && { [purpose]: whatFor }) };
  tell('preparing');
  const { body } = await post('prepare', { scopes });
  if (body.authUrl === undefined) throw new Error(body.result ?? body.message);
  return { authUrl: body.authUrl };
}

function call({ jsapi }, parameters) {
  return new Promise((resolve) => {
    my[jsapi]({
      ...parameters,
      success: (result) => resolve({ ok: true, result }),
      fail: (result) => resolve({ ok: false, result }),
    });
  });
}

/** Sends the authCode to the merchant's server. The page gets no tokens and no userId. */
async function exchange(authCode, scopes) {
  tell('exchanging');
  const sent = { authCode, scopes };
  report('sent', { sent });
  const { status, body } = await post('exchange', sent);
  report('answered', { status, answer: body });
  const { ok, error, customer, result } = body;
  const failure = line.hasAttribute(`data-${error}`) ? error : 'merchant-fail';
  tell(ok ? 'merchant-ok' : failure, ok ? 'ok' : 'bad', { result: result ?? body.message });
  const name = customer?.nickName ?? customer?.userName?.fullName ?? customer?.fullName;
  if (name) find('hello').textContent = find('hello').dataset.text.replace('{name}', () => name);
}

async function ask() {
  if (typeof my === 'undefined') return tell('no-bridge', 'bad');
  const { scopes, codeField, kind } = choice;
  button.ariaDisabled = 'true';
  callback.hidden = true;
  report('asked');
  try {
    const parameters = await parametersOf(choice).catch((error) => tell('prepare-fail', 'bad', { result: error.message }));
    if (parameters === undefined) return;
    report('called', { parameters });
    tell('waiting');
    const { ok, result } = await call(choice, parameters);
    callback.querySelector('pre').textContent = pretty(result);
    callback.hidden = false;
    tell(ok ? (kind === 'answer' ? 'answered' : 'success') : 'fail', ok ? 'ok' : 'bad');
    const authCode = codeField && result[codeField];
    if (ok && authCode) await exchange(authCode, result.authSuccessScopes ?? scopes);
  } catch {
    tell('network', 'bad');
  } finally {
    button.ariaDisabled = null;
    report('ended');
  }
}

button.addEventListener('click', () => {
  if (button.ariaDisabled !== 'true') ask();
});
addEventListener('message', ({ origin, data }) => {
  if (origin !== location.origin || data?.playground !== 'choice') return;
  choice = data.choice;
  showChoice();
});
showChoice();
report('open');
if (atLoad !== undefined && choice) ask();
