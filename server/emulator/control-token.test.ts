import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WalletError } from '../sdk/client/call.js';
import { connect } from '../sdk/client/connect.js';
import { emulatorForFile, newWorld, users } from '../testing/emulator.js';
import { PageClient, postedMessage } from '../testing/page-client.js';

const token = 'a-secret-of-the-team';
const emulator = await emulatorForFile({ tls: true, tlsPort: 0, controlToken: token });
const { url } = emulator;
const bearer = { authorization: `Bearer ${token}` };

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: URLSearchParams;
}
const send = (path: string, sent: Sent = {}) => fetch(url + path, { redirect: 'manual', ...sent });
const signIn = (fields: Record<string, string>, path = '/sign-in') =>
  send(path, { method: 'POST', body: new URLSearchParams(fields) });
const html = { accept: 'text/html,*/*' };

/** The cookie of a person who signed in. */
async function cookie(): Promise<string> {
  return (await signIn({ token })).headers.get('set-cookie')?.split(';')[0] ?? '';
}

interface OpenApi {
  paths: Record<string, Record<string, { security?: unknown[]; responses: object }>>;
  components: { securitySchemes?: object };
  security?: unknown[];
}
const openApi = (await (await send('/_emulator/openapi.json', { headers: bearer })).json()) as OpenApi;
const open = ['/_emulator/health', '/.well-known/jwks.json', '/_emulator/keys/platform.pem', '/_emulator/tls.pem'];

describe('with a control token', () => {
  test('every operation of the control API answers 401 without it, except health and the public keys', async () => {
    for (const [path, operations] of Object.entries(openApi.paths)) {
      for (const method of Object.keys(operations)) {
        const answer = await send(path.replace(/\{\w+\}/g, 'x'), { method: method.toUpperCase() });
        if (open.includes(path)) {
          assert.equal(answer.status, 200, path);
          continue;
        }
        assert.equal(answer.status, 401, `${method} ${path}`);
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
        const { error, message } = (await answer.json()) as { error: string; message: string };
        assert.equal(error, 'unauthorized');
        assert.match(message, /^the control token is missing: send the header "Authorization: Bearer <token>"/);
      }
    }
  });

  test('unknown paths of the control API do not tell what exists', async () => {
    for (const path of ['/_emulator', '/_emulator/nothing', '/t/x/_emulator/nothing'])
      assert.equal((await send(path)).status, 401, path);
  });

  test('a wrong token is refused, and the right one is accepted, on every tenant', async () => {
    for (const authorization of [
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
      'Bearer ',
      `Basic ${token}`,
      token,
      `Bearer ${token} ${token}`,
    ]) {
      const answer = await send('/_emulator/settings', { headers: { authorization } });
      assert.equal(answer.status, 401, authorization);
      const { message } = (await answer.json()) as { message: string };
      assert.match(message, /^the control token is wrong: /);
      assert.ok(!message.includes(token));
    }
    for (const path of ['/_emulator/settings', '/t/team/_emulator/settings'])
      assert.equal((await send(path, { headers: bearer })).status, 200, path);
  });

  test('a refused call creates no tenant', async () => {
    await send('/t/never/_emulator/settings');
    assert.equal(emulator.tenants.isUsedByTests('never'), false);
  });

  test('the OpenAPI document says so, and only then', async () => {
    assert.deepEqual(openApi.security, [{ controlToken: [] }]);
    assert.ok(openApi.components.securitySchemes);
    assert.deepEqual(openApi.paths['/_emulator/health']?.get?.security, []);
    assert.ok('401' in (openApi.paths['/_emulator/settings']?.get?.responses ?? {}));
    const { security, components, paths } = (await (
      await fetch(`${(await emulatorForFile()).url}/_emulator/openapi.json`)
    ).json()) as OpenApi;
    assert.deepEqual([security, components.securitySchemes], [undefined, undefined]);
    assert.ok(!('401' in (paths['/_emulator/settings']?.get?.responses ?? {})));
  });

  test('the OpenAPI for merchants, the bridge, the consent screen and pictures need none', async () => {
    const world = newWorld(emulator);
    const { accessToken } = await world.tokens();
    assert.equal((await world.userInfo(accessToken)).code, 'SUCCESS');
    assert.equal((await send('/my.js')).status, 200);
    assert.equal((await send('/assets/consent.css')).status, 200);
    const page = new PageClient(emulator, 'phone');
    const sheet = await page.sheet(['USER_NAME']);
    assert.match((await page.get(sheet)).text, /data-testid="consent-allow"/);
    const answer = await page.post(sheet, { decision: 'allow', scope: 'USER_NAME' });
    assert.ok(postedMessage(answer).result?.authCode);
  });

  test('only a tester has the drawer of the consent screen', async () => {
    const page = new PageClient(emulator, 'drawer');
    const tenant = emulator.tenants.get('drawer');
    const headers = { cookie: await cookie() };
    const form = { decision: 'allow', scope: 'USER_NAME', error: '1001', always: 'on' };
    const sheet = await page.sheet(['USER_NAME']);
    assert.doesNotMatch((await page.get(sheet)).text, /name="delay"/);
    assert.match((await page.get(sheet, headers)).text, /name="delay"/);
    assert.ok(postedMessage(await page.post(sheet, form)).result?.authCode, 'the error is ignored');
    assert.equal(tenant.users.get(users.lucia)?.record.behaviour, undefined, 'and not saved');
    assert.equal(postedMessage(await page.post(await page.sheet(['USER_AVATAR']), form, headers)).result?.error, 1001);
  });

  test('the address of a screen cannot carry the choices of the drawer either', async () => {
    const page = new PageClient(emulator, 'address');
    const change = '&formState=&error=1001';
    const shown = async (headers = {}) => {
      const sheet = await page.sheet(['USER_NAME']);
      // This user decides without a screen.
      emulator.tenants.get('address').changeSettings({ user: users.tomas });
      const answer = await page.get(sheet + change, headers);
      emulator.tenants.get('address').changeSettings({ user: users.lucia });
      return postedMessage(answer).result;
    };
    assert.ok((await shown())?.authCode);
    assert.equal((await shown({ cookie: await cookie() }))?.error, 1001);
  });
});

describe('a person', () => {
  test('is sent to the sign-in page, and back to the page that they wanted', async () => {
    for (const path of [
      '/',
      '/playground',
      '/scenarios',
      '/profile',
      '/wallet/apps',
      '/_emulator/docs',
      '/t/x/scenarios?lang=es',
    ]) {
      const prefix = path.startsWith('/t/x') ? '/t/x' : '';
      const answer = await send(path, { headers: html });
      assert.equal(answer.status, 303, path);
      assert.equal(answer.headers.get('location'), `${prefix}/sign-in?to=${encodeURIComponent(path)}`);
      const form = await (await send(answer.headers.get('location') as string, { headers: html })).text();
      assert.match(form, new RegExp(`action="${prefix}/sign-in\\?`));
      const signedIn = await signIn({ token, to: path }, `${prefix}/sign-in`);
      assert.deepEqual([signedIn.status, signedIn.headers.get('location')], [303, path]);
    }
  });

  test('gets a cookie that opens pages and control API, and does not contain the token', async () => {
    const set = (await signIn({ token: ` ${token} ` })).headers.get('set-cookie') ?? '';
    assert.match(set, /^billetera-[\w-]{8}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    assert.ok(!set.includes(token));
    const headers = { cookie: `other=1; ${set.split(';')[0]}; more=2` };
    for (const path of ['/', '/playground', '/_emulator/settings', '/t/x/_emulator/journal'])
      assert.equal((await send(path, { headers })).status, 200, path);
    assert.equal((await send('/sign-in', { headers })).headers.get('location'), '/');
    assert.equal((await send('/', { headers: { cookie: `${set.split(';')[0]}x` } })).status, 401);
  });

  test('is asked again after a wrong token', async () => {
    for (const fields of [{ token: 'a-wrong-secret' }, { token: '' }, {}] as Record<string, string>[]) {
      const answer = await signIn({ ...fields, to: '/profile' });
      assert.equal(answer.status, 401);
      assert.equal(answer.headers.get('set-cookie'), null);
      const page = await answer.text();
      assert.match(page, /role="alert"/);
      assert.match(page, /name="to" value="\/profile"/);
      assert.ok(!page.includes('a-wrong-secret'), 'the page does not repeat what was entered');
    }
  });

  test('is not led to another host', async () => {
    for (const to of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/%5c',
      'javascript:alert(1)',
      '/..//evil.example',
      '\t//evil.example',
    ]) {
      const location = (await signIn({ token, to })).headers.get('location') ?? '';
      assert.equal(new URL(location, url).origin, url, `${to} → ${location}`);
    }
  });

  test('of another site cannot sign in here', async () => {
    const headers = { origin: 'https://evil.example' };
    const answer = await send('/sign-in', { method: 'POST', headers, body: new URLSearchParams({ token }) });
    assert.equal(answer.status, 403);
  });
});

test('the token is in no journal entry, even with --show-secrets', async () => {
  const { url: other, tenants } = await emulatorForFile({ controlToken: token, showSecrets: true });
  await connect(other, { token }).settings.change({ consent: 'grant' });
  const { headers } = tenants.default.journal.list({}, 1)[0]?.request ?? {};
  assert.equal(headers?.authorization, 'Bearer …');
});

test('connect sends the token, for tenants too, and a missing one rejects with what to do', async () => {
  const wallet = connect(url, { token }).tenant('client');
  assert.equal((await wallet.settings.read()).wallet, 'platform-v2');
  await assert.rejects(connect(url).settings.read(), (error: WalletError) => {
    assert.ok(error instanceof WalletError);
    assert.deepEqual([error.status, error.error], [401, 'unauthorized']);
    return /Authorization: Bearer/.test(error.message);
  });
});

test('without a control token, the sign-in page leads on', async () => {
  const { url: free } = await emulatorForFile();
  const answer = await fetch(`${free}/sign-in?to=%2Fprofile`, { redirect: 'manual' });
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/profile']);
});
