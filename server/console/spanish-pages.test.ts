import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findingCodes, signatureMistakeCodes } from '../engine/finding-codes.js';
import type { EntryKind } from '../journal/entry.js';
import { packageRoot } from '../package-root.js';
import { library } from '../scenarios/library.js';
import { callFacts } from '../testing/call-facts.js';
import { driftedExchanges } from '../testing/drifted-exchanges.js';
import { aurora, emulatorForFile, newWorld, users } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';
import { englishWords } from '../testing/spanish-texts.js';
import { Tester } from '../testing/tester.js';
import { english } from '../texts/english/english.js';
import { spanish } from '../texts/spanish/spanish.js';
import { text } from '../texts/text.js';
import { documentNames } from './docs/documents.js';

const emulator = await emulatorForFile();
const inSpanish = { 'accept-language': 'es', accept: 'text/html' };

/** Values of JSON, and citations. */
const quoted = /&quot;.*?&quot;/g;

/** The texts of a page: between its tags, and in the attributes that people read or hear. Code and what is marked as English is left out. */
function textsOf(html: string): string[] {
  const visible = html
    .replace(/<(script|style|code|pre|textarea|svg)\b[^>]*>[\s\S]*?<\/\1>/g, ' ')
    .replace(/<(td|p|article)\b[^>]*lang="en"[^>]*>[\s\S]*?<\/\1>/g, ' ');
  const attributes = Array.from(
    visible.matchAll(/ (?:aria-label|title|placeholder|alt|data-said|data-text|data-one)="([^"]*)"/g),
    ([, value = '']) => value,
  );
  return [...attributes, ...visible.split(/<[^>]*>/)]
    .map((part) => part.replace(quoted, '').replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
}

/** Adds a call with each finding, and calls of each kind. @returns their ids */
function addFindings(world: ReturnType<typeof newWorld>): string[] {
  const { journal } = world.tenant;
  const kinds: (typeof EntryKind.enum)[number][] = ['openapi', 'jsapi', 'control', 'notification'];
  const message = text('form-unreadable');
  const ids = findingCodes.map((code, index) => {
    const isMistake = (signatureMistakeCodes as readonly string[]).includes(code);
    const mistakes = isMistake ? [{ code: code as never, message }] : [];
    return journal.add(
      callFacts({
        kind: kinds[index % kinds.length] ?? 'openapi',
        operation: 'applyToken',
        resultStatus: 'F',
        resultCode: 'PARAM_ILLEGAL',
        findings: [code],
        signature: {
          mode: 'optional',
          verified: isMistake ? false : null,
          mistakes,
          ...(isMistake && {
            contentToSign: Buffer.from('a b'),
            ruledOut: signatureMistakeCodes.map((code) => ({ code, tried: 2 })),
          }),
        },
      }),
    ).id;
  });
  return ids;
}

/** A tenant with authorizations in each state, all scenarios of the library, and calls with each finding. */
async function richTenant() {
  const world = newWorld(emulator);
  const tester = new Tester(emulator, world.tenant.name);
  const page = new PageClient(emulator, world.tenant.name);
  const { accessToken, refreshToken } = await world.tokens({ scopes: ['USER_ID', 'USER_NAME'] });
  await world.userInfo(accessToken);
  await world.refresh(refreshToken);
  await world.refresh(refreshToken);
  await world.revoke((await world.tokens({ user: users.owen })).accessToken);
  await world.code();
  await page.call('getAuthCode', { scopes: ['USER_NAME'] });
  await world.tokens({ user: users.tomas, lifetimes: { accessToken: 1000, refreshToken: 1000 } });
  world.tenant.clock.advance(2000);
  const sheet = await page.sheet(['USER_ID', 'USER_NAME']);
  for (const { name } of library) await tester.post('/scenarios', { library: name });
  const ids = addFindings(world);
  return { world, tester, page, sheet, ids };
}

test('no page in Spanish has an English sentence', async () => {
  const { world, tester, page, sheet, ids } = await richTenant();
  const authorizations = (await tester.get('/authorizations')).body.authorizations;
  const snapshot = (await tester.get('/snapshot')).text;
  await tester.delete('/scenarios');
  const payment = (await page.call('tradePay', { tradeNO: '1' })).body.sheet;
  const { body } = await page.call('getAuthCode', { scopes: ['USER_NAME'] });
  const get = async (path: string) => (await page.get(path, inSpanish)).text;
  const post = async (path: string, form: Record<string, string>) => (await page.post(path, form, inSpanish)).text;
  const all = (paths: readonly string[]) => Promise.all(paths.map(get));
  const closed = await emulatorForFile({ controlToken: 'a-secret-of-the-team' });
  const signIn = async (payload?: string) => {
    const headers = { ...inSpanish, ...(payload !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }) };
    const method = payload === undefined ? 'GET' : 'POST';
    return (await closed.app.inject({ method, url: '/sign-in', headers, ...(payload !== undefined && { payload }) })).payload;
  };
  const profileOf = async (wallet: string) => {
    const { tenant } = newWorld(emulator);
    tenant.changeSettings({ wallet });
    return (await new PageClient(emulator, tenant.name).get('/profile', inSpanish)).text;
  };

  /** Template → its pages. */
  const pages: Record<string, () => Promise<string[]>> = {
    apps: () => all(['/wallet/apps']),
    authorization: () =>
      all([
        ...authorizations.map(({ authorizationId }: { authorizationId: string }) => `/authorizations/${authorizationId}`),
        '/authorizations/none',
      ]),
    authorizations: async () => [await get('/authorizations'), await post('/authorizations', { inspect: 'nothing' })],
    call: () => all([...ids, ...world.tenant.journal.list().map(({ id }) => id), '99999'].map((id) => `/journal/${id}`)),
    clients: () => all(['/clients']),
    compare: async () => [
      await get('/compare'),
      await post('/compare', { recording: '{}' }),
      await post('/compare', { recording: driftedExchanges, platformKey: 'no key' }),
    ],
    comparison: async () => [await post('/compare', { recording: driftedExchanges, wallet: 'platform-v2' })],
    consent: () => all([sheet, body.sheet ?? sheet]),
    dashboard: () => all(['/', '/?done=saved']),
    docs: () => all(['/_emulator/docs']),
    document: () => all(documentNames.map((name) => `/docs/${name}`)),
    documents: () => all(['/docs', '/docs?q=firma', '/docs?q=nada+de+nada']),
    findings: () => all(['/findings']),
    journal: () => all(['/journal', '/journal?q=nothing', '/journal?tenant=*']),
    'mini-program': () => all(['/playground/mini-program']),
    notice: () => all(['/nothing', '/wallet/consent?id=none', '/wallet/payment?id=none']),
    payment: () => all([payment]),
    playground: () => all(['/playground']),
    'playground-step': async () => [],
    profile: () => Promise.all(world.tenant.wallets.map(({ name }) => profileOf(name))),
    record: async () => [
      ...(await all([`/users/${users.owen}`, `/clients/${aurora.clientId}`, `/mini-programs/${aurora.appId}`])),
      ...(await all(['/add-user', '/add-client', '/add-mini-program'])),
      await post('/add-user', { userId: 'a b' }),
      await post('/add-client', { clientId: 'c1', name: 'C', publicKey: 'none', notifyUrl: 'https://a.example' }),
      await post('/add-client', { clientId: 'c1', name: 'C', notifyUrl: 'nowhere' }),
      await post('/add-mini-program', {
        appId: 'm1',
        name: 'M',
        clientId: aurora.clientId,
        callbackOrigins: 'https://A.example/x',
      }),
    ],
    report: () => all(['/report']),
    reset: () => all(['/reset']),
    result: async () => [await post(payment.replace(/^.*?(?=\/wallet)/, ''), { resultCode: '6001' })],
    scenarios: () => all(['/scenarios']),
    settings: async () => [await get('/settings'), await post('/settings', { 'lifetimes.authCode': 'long' })],
    'sign-in': async () => [await signIn(), await signIn('token=wrong')],
    signatures: async () => [
      await get('/signatures'),
      await post('/signatures', { text: 'curl' }),
      await post('/signatures', { text: `POST /v2/a\nClient-Id: ${aurora.clientId}\nSignature: signature=a\n\n{}` }),
    ],
    snapshot: async () => [
      await get('/snapshot'),
      await post('/snapshot', { snapshot }),
      await post('/snapshot', { snapshot: '{}' }),
    ],
    users: () => all(['/users']),
  };
  const templates = readdirSync(join(packageRoot, 'views', 'pages')).map((file) => file.replace('.hbs', ''));
  assert.deepEqual(Object.keys(pages).sort(), templates.sort());
  const found = new Set<string>();
  for (const [template, render] of Object.entries(pages))
    for (const html of await render()) {
      assert.match(html, /<html lang="es"/, template);
      for (const words of textsOf(html)) if (englishWords.test(words)) found.add(`${template}: ${words}`);
    }
  assert.deepEqual([...found], []);
});

/** Values of fields and words of the English console that a page in Spanish says in Spanish. */
const untranslated =
  /(?<![\w-])(?:playground|tester|ACTIVE|SUSPENDED|optional|required|percent|opaque|petición|peticiones)(?![\w-])/i;

test('no page in Spanish shows a value of a field, or an English name of a page, in place of a word', async () => {
  const page = new PageClient(emulator, newWorld(emulator).tenant.name);
  const paths = ['/', '/playground', '/scenarios', '/users', '/clients', `/clients/${aurora.clientId}`, '/settings', '/profile'];
  for (const path of [...paths, '/signatures', '/journal', '/report', '/snapshot', '/findings', '/add-client'])
    for (const words of textsOf((await page.get(path, inSpanish)).text)) assert.doesNotMatch(words, untranslated, path);
  for (const sentence of Object.values(spanish)) assert.doesNotMatch(sentence, /petici/i);
});

test('the words that tell English are in most long English sentences, and in no Spanish one', () => {
  const long = Object.values(english).filter((sentence) => sentence.split(' ').length > 8);
  const told = long.filter((sentence) => englishWords.test(sentence));
  assert.ok(told.length > 0.8 * long.length, `${told.length} of ${long.length}`);
  for (const sentence of Object.values(spanish)) assert.doesNotMatch(sentence.replace(/\{\w+\}/g, ''), englishWords);
});
