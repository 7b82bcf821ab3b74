const { merchant } = document.currentScript.dataset;
const byTestId = (id) => document.querySelector(`[data-testid="${id}"]`);
const result = byTestId('result');
const greeting = byTestId('greeting');
const avatar = document.querySelector('#avatar');

let session;

byTestId('login-silent').addEventListener('click', () => {
  begin();
  my.getAuthCode({
    scopes: ['USER_ID'],
    success: (res) => login(res),
    failed: (res) => show('failed', res),
  });
});

byTestId('login-name').addEventListener('click', () => {
  begin();
  my.getAuthCode({
    scopes: ['USER_NAME', 'USER_AVATAR'],
    success: (res) => login(res),
    fail: (res) => show('fail', res),
  });
});

byTestId('login-contact').addEventListener('click', () => {
  begin();
  my.getAuthCode({
    scopes: 'USER_CONTACTINFO',
    success: (res) => login(res),
    fail: (res) => show('fail', res),
  });
});

byTestId('profile').addEventListener('click', async () => {
  begin();
  const answer = await ask('/profile', { session });
  if (answer.ok) greet(answer.profile);
});

byTestId('refresh').addEventListener('click', async () => {
  begin();
  await ask('/refresh', { session });
});

byTestId('logout').addEventListener('click', async () => {
  begin();
  const answer = await ask('/logout', { session });
  if (!answer.ok) return;
  avatar.hidden = true;
  greeting.textContent = 'Hasta pronto.';
});

async function login(res) {
  show('success', res);
  const answer = await ask('/login', { authCode: res.authCode });
  if (!answer.ok) return;
  session = answer.session;
  greet(answer.profile);
}

/** Calls the merchant's server and shows its response. */
async function ask(path, body) {
  let answer;
  try {
    const response = await fetch(merchant + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    answer = await response.json();
  } catch (error) {
    answer = { ok: false, resultCode: 'MERCHANT_UNREACHABLE', resultMessage: String(error) };
  }
  show('merchant', answer);
  return answer;
}

function greet(profile = {}) {
  const name = profile.nickName ?? profile.userName?.firstName ?? profile.userName?.fullName;
  greeting.textContent = name ? `¡Hola, ${name}!` : '¡Hola!';
  avatar.hidden = !profile.avatar;
  if (profile.avatar) avatar.src = profile.avatar;
}

function begin() {
  delete result.dataset.from;
  delete result.dataset.callback;
  result.textContent = '';
}

/** `from` is the source of the answer. The answer of a callback stays in `data-callback` after the merchant's answer replaces it. */
function show(from, answer) {
  result.dataset.from = from;
  if (from !== 'merchant') result.dataset.callback = JSON.stringify(answer);
  result.textContent = JSON.stringify(answer, null, 2);
}
