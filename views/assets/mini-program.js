/* global my */
const find = (name) => document.querySelector(`[data-${name}]`);
const buttons = [...find('actions').querySelectorAll('button')];
const line = find('line');
const callback = find('callback');
const merchant = find('merchant');
const steps = find('steps');

const pretty = (value) => (typeof value === 'string' ? value : JSON.stringify(value ?? null, null, 2));

/** @param text the name of the line's data attribute that has the text, such as `merchant-ok` */
function tell(text, tone = '') {
  line.className = `line ${tone}`;
  line.textContent = line.getAttribute(`data-${text}`);
}

/** Marks the buttons as busy. They stay focusable, so that the focus can return to them. */
function wait(waiting) {
  for (const button of buttons) button.ariaDisabled = waiting ? 'true' : null;
}

function showStep({ title, request, response }) {
  const step = find('step').content.cloneNode(true);
  const [asked, answered] = step.querySelectorAll('pre');
  step.querySelector('summary').textContent = title;
  asked.textContent = pretty(request);
  answered.textContent = pretty(response);
  steps.append(step);
}

/** Sends the authCode to the merchant's server. The page gets no tokens and no userId. */
async function exchange(authCode) {
  tell('exchanging');
  const answer = await fetch(document.body.dataset.exchange, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ authCode }),
  });
  const { ok, error, customer, steps: taken = [] } = await answer.json();
  for (const step of taken) showStep(step);
  merchant.hidden = taken.length === 0;
  const failure = line.hasAttribute(`data-${error}`) ? error : 'merchant-fail';
  tell(ok ? 'merchant-ok' : failure, ok ? 'ok' : 'bad');
  const name = customer?.nickName ?? customer?.userName?.fullName;
  if (name) find('hello').textContent = find('hello').dataset.text.replace('{name}', () => name);
}

function ask(scopes) {
  return new Promise((resolve) => {
    my.getAuthCode({
      scopes,
      success: (result) => resolve({ ok: true, result }),
      fail: (result) => resolve({ ok: false, result }),
    });
  });
}

async function press(button) {
  if (typeof my === 'undefined') {
    tell('no-bridge', 'bad');
    return;
  }
  wait(true);
  callback.hidden = true;
  merchant.hidden = true;
  steps.replaceChildren();
  tell('waiting');
  try {
    const { ok, result } = await ask(button.dataset.scopes.split(' '));
    callback.querySelector('pre').textContent = pretty(result);
    callback.hidden = false;
    tell(ok ? 'success' : 'fail', ok ? 'ok' : 'bad');
    if (ok && result.authCode) await exchange(result.authCode);
  } catch {
    tell('network', 'bad');
  } finally {
    wait(false);
    find('last').scrollIntoView({ block: 'nearest' });
  }
}

find('actions').addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  if (button && button.ariaDisabled !== 'true') press(button);
});
