import assert from 'node:assert/strict';
import test from 'node:test';
import { authorizationStates } from '../tenants/authorization-state.js';
import { emulatorForFile, hours, minutes, newWorld, users } from '../testing/emulator.js';
import { MiniProgram } from '../testing/mini-program.js';

const emulator = await emulatorForFile();

async function exchanged(lifetimes?: { accessToken?: number }) {
  const world = newWorld(emulator);
  world.tenant.clock.freeze();
  const tokens = await world.tokens({ ...(lifetimes && { lifetimes }) });
  const [authorizationId] = world.tenant.journal.authorizationIds();
  const open = async (path: string) => (await emulator.app.inject(`/t/${world.tenant.name}${path}`)).payload;
  return { world, tokens, authorizationId, open, page: (lang = 'en') => open(`/authorizations/${authorizationId}?lang=${lang}`) };
}

/** The calls and events of the timeline, in order. */
function timeline(page: string) {
  const what = /<div class="step-what">\s*<p><a[^>]*><b>([^<]*)|<p class="step-what">(?:<b>)?([^<]*)/g;
  return Array.from(page.matchAll(what), ([, operation, event]) => operation ?? event);
}

test('the timeline has the calls, the ends of tokens and now in time order', async () => {
  const { world, tokens, page } = await exchanged({ accessToken: hours(1) });
  world.tenant.clock.advance(hours(2));
  await world.userInfo(tokens.accessToken);
  assert.deepEqual(timeline(await page()), [
    'applyToken',
    'The accessToken expires',
    'inquiryUserInfo',
    'Now',
    'The refreshToken expires',
  ]);
});

test('an authorization that waits for its user has the screen in the timeline', async () => {
  const { tenant } = newWorld(emulator);
  tenant.clock.freeze();
  await new MiniProgram(emulator.url, tenant.name).call('getAuthCode', { scopes: ['USER_NAME'] });
  const [state] = await authorizationStates(tenant);
  const page = async () =>
    (await emulator.app.inject(`/t/${tenant.name}/authorizations/${state?.authorizationId}?lang=en`)).payload;
  const [asked, expires] = [
    'The mini program asks, and the screen waits for the user',
    'The screen expires if the user has not answered',
  ];
  assert.deepEqual(timeline(await page()), [asked, 'Now', expires]);
  assert.match(await page(), /data-result="asked">asked</);
  tenant.clock.advance(minutes(10));
  assert.deepEqual(timeline(await page()), [asked, expires, 'Now']);
  assert.match(await page(), /data-result="unanswered">no answer</);
});

test('the page shows no whole code or token', async () => {
  const { tokens, page } = await exchanged();
  const shown = await page();
  assert.ok(!shown.includes(tokens.accessToken) && !shown.includes(tokens.refreshToken));
  assert.match(shown, /data-kind="refreshToken"/);
});

test('the status and the findings are in the language of the page', async () => {
  const { world, tokens, page } = await exchanged();
  await world.refresh(tokens.refreshToken);
  await world.refresh(tokens.refreshToken);
  assert.match(await page('en'), /data-code="refresh-token-reused">[\s\S]*?refreshToken used twice</);
  assert.match(await page('es'), /Tokens activos<[\s\S]*data-code="refresh-token-reused">[\s\S]*?refreshToken usado dos veces</);
});

test('the dashboard lists the authorization, and shows only its calls if asked to', async () => {
  const { world, authorizationId, open } = await exchanged();
  await world.tokens({ user: users.owen });
  assert.equal((await open('/')).match(/data-testid="authorization"/g)?.length, 2);
  const calls = (page: string) => page.match(/class="call-operation"/g)?.length;
  assert.deepEqual([calls(await open('/')), calls(await open(`/?authorization=${authorizationId}`))], [2, 1]);
});

test('an unknown authorization is 404, with a way on', async () => {
  const { statusCode, payload } = await emulator.app.inject('/authorizations/%3Cb%3Ex?lang=en');
  assert.equal(statusCode, 404);
  assert.match(payload, /This authorization is not known/);
});
