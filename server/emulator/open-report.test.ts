import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { readOptions } from '../emulator/config.js';
import { callFacts } from '../testing/call-facts.js';
import { aurora, emulatorForFile, newWorld, scratchFolder, users, type World } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';
import { Tester } from '../testing/tester.js';
import { text } from '../texts/text.js';
import { type Emulator, openEmulator } from './emulator.js';
import { readReport } from './read-report.js';

const emulator = await emulatorForFile();
const folder = scratchFolder();
let files = 0;

function save(content: unknown): string {
  const file = join(folder, `report-${++files}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** Opens the report of a tenant in another emulator. */
async function openReportOf({ tenant }: World): Promise<{ viewer: Emulator; file: string; text: string }> {
  const { text } = await new Tester(emulator, tenant.name).get('/report');
  const file = save(text);
  const viewer = await openEmulator(readOptions({ port: 0 }), undefined, { file, report: readReport(file) });
  after(() => viewer.close());
  return { viewer, file, text };
}

/** Calls with results of every kind: a code that is used twice, tokens, a refresh, a revocation, a refusal, an open screen. */
async function richWorld(): Promise<World> {
  const world = newWorld(emulator);
  await new Tester(emulator, world.tenant.name).put('/clock', { now: '2030-01-01T00:00:00Z', frozen: true });
  const page = new PageClient(emulator, world.tenant.name);
  const authCode = await world.code({ scopes: ['USER_ID', 'USER_NAME'] });
  const exchange = { grantType: 'AUTHORIZATION_CODE', authCode };
  const { body } = await world.aurora.call('/v2/authorizations/applyToken', exchange);
  await world.aurora.call('/v2/authorizations/applyToken', exchange);
  await world.userInfo(body.accessToken);
  const refreshed = await world.refresh(body.refreshToken);
  await world.refresh(body.refreshToken);
  await world.revoke(refreshed.body.accessToken);
  await world.userInfo(refreshed.body.accessToken);
  await world.tokens({ user: users.owen });
  await page.sheet(['USER_ID', 'USER_NAME']);
  world.tenant.changeSettings({ user: users.harriet });
  await page.call('getAuthCode', { scopes: ['USER_ID', 'USER_NAME'] });
  const { clientId } = aurora;
  const headers = {
    'content-type': 'application/json',
    'client-id': clientId,
    signature: 'algorithm=RSA256, keyVersion=1, signature=AAAA',
  };
  await page.send('POST', '/v2/users/inquiryUserInfo', JSON.stringify({ accessToken: 'x' }), headers);
  return world;
}

/** An entry of a report without the fields that only reports have. */
function asPresented({ texts, credentials, consented, decided, used, ...entry }: Record<string, unknown>) {
  return entry;
}

describe('an opened report', () => {
  test('shows the journal, authorizations, findings, settings and clock of the tester', async () => {
    const world = await richWorld();
    const { viewer, text } = await openReportOf(world);
    const before = new Tester(emulator, world.tenant.name);
    const shown = new Tester(viewer, 'default');
    for (const path of ['/authorizations', '/findings', '/settings', '/clock', '/scenarios', '/profile'])
      assert.deepEqual((await shown.get(path)).body, (await before.get(path)).body, path);
    const written = JSON.parse(text).entries.map(asPresented);
    assert.deepEqual((await shown.get('/journal')).body.entries, written);
    const idsOf = ({ steps, ...authorization }: { steps: { id: string }[] }) => [authorization, steps.map(({ id }) => id)];
    for (const { authorizationId } of (await before.get('/authorizations')).body.authorizations) {
      const path = `/authorizations/${authorizationId}`;
      assert.deepEqual(idsOf((await shown.get(path)).body), idsOf((await before.get(path)).body), path);
    }
  });

  test('has the same pages of authorizations, with the lifetimes of codes and tokens', async () => {
    const world = await richWorld();
    const { viewer } = await openReportOf(world);
    const { authorizations } = (await new Tester(viewer, 'default').get('/authorizations')).body;
    const bars = (html: string) => html.match(/<rect class="bar-[^>]*>|<code>[^<]*<\/code> <span class="lifetime-state">[^<]*/g);
    let compared = 0;
    for (const { authorizationId } of authorizations) {
      const path = `/authorizations/${authorizationId}?lang=en`;
      const [there, here] = await Promise.all([emulator.app.inject(`/t/${world.tenant.name}${path}`), viewer.app.inject(path)]);
      assert.equal(here.statusCode, 200);
      assert.deepEqual(bars(here.payload), bars(there.payload));
      compared += bars(here.payload)?.length ?? 0;
    }
    assert.ok(compared > 8);
  });

  test('shows reasons in the language of the page', async () => {
    const world = await richWorld();
    const { viewer } = await openReportOf(world);
    const [entry] = (await new Tester(viewer, 'default').get('/journal?resultCode=USED_AUTHCODE')).body.entries;
    const reasonIn = async (lang: string) =>
      /data-testid="reason"[^>]*>([^<]*)</.exec((await viewer.app.inject(`/journal/${entry.id}?lang=${lang}`)).payload)?.[1];
    assert.equal(await reasonIn('en'), entry.reason.replace(aurora.clientId, 'Café Aurora'));
    assert.match((await reasonIn('es')) ?? '', /^el authCode .* ya lo intercambió/);
  });

  test('shows why the emulator would answer a recorded call otherwise, in the language of the page and without personal data', async () => {
    const world = newWorld(emulator);
    world.tenant.journal.add(
      callFacts({
        kind: 'recorded',
        resultCode: 'SUCCESS',
        recorded: {
          ...{ address: 'https://sandbox.example/v2/a', accepted: true, agrees: null, answer: { verified: null } },
          emulator: {
            ...{ status: 200, resultStatus: 'F', resultCode: 'PARAM_ILLEGAL', reason: text('body-empty'), headers: {} },
            body: '{"nickName":"Secreta"}',
          },
        },
      }),
    );
    const { viewer, text: report } = await openReportOf(world);
    assert.doesNotMatch(report, /Secreta/);
    const [{ id, recorded }] = (await new Tester(viewer, 'default').get('/journal')).body.entries;
    assert.equal(recorded.emulator.reason, 'the body is empty: expected a JSON object');
    const { payload } = await viewer.app.inject(`/journal/${id}?lang=es`);
    assert.match(payload, /El emulador habría respondido PARAM_ILLEGAL: el cuerpo está vacío: se esperaba un objeto JSON/);
  });

  test('says on every page what it is, and has no button that would change something', async () => {
    const world = await richWorld();
    const { viewer, file } = await openReportOf(world);
    const [{ authorizationId }] = (await new Tester(viewer, 'default').get('/authorizations')).body.authorizations;
    const [{ id }] = (await new Tester(viewer, 'default').get('/journal')).body.entries;
    const pages = ['/', '/journal', `/journal/${id}`, `/authorizations/${authorizationId}`, '/authorizations', '/findings'];
    for (const path of [...pages, '/settings', '/users', '/clients', '/scenarios', '/profile']) {
      const { statusCode, payload } = await viewer.app.inject(`${path}?lang=en`);
      assert.equal(statusCode, 200, path);
      assert.match(payload, /data-testid="report-banner"[\s\S]*Report of 2030-01-01 00:00:00 UTC\./, path);
      assert.ok(payload.includes(file), path);
      // Only the browser remembers the language.
      const language = /<form class="language"[\s\S]*?<\/form>/;
      assert.match(payload, language, path);
      const enabled = payload.replace(/<fieldset class="unchangeable" disabled>[\s\S]*<\/fieldset>/, '').replace(language, '');
      assert.doesNotMatch(enabled, /method="post"/, path);
      for (const address of ['/playground', '/wallet/apps', '/reset', '/_emulator/snapshot'])
        assert.ok(!enabled.includes(`href="${address}"`), `${path} leads to ${address}`);
    }
  });

  test('changes its language', async () => {
    const { viewer } = await openReportOf(await richWorld());
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
    const post = { method: 'POST', url: '/language', headers, payload: 'lang=es&back=/journal' } as const;
    const { statusCode, headers: answered } = await viewer.app.inject(post);
    assert.deepEqual([statusCode, answered.location], [303, '/journal']);
    const cookie = String(answered['set-cookie']).split(';')[0] ?? '';
    assert.match((await viewer.app.inject({ url: '/journal', headers: { cookie } })).payload, /<html lang="es"/);
  });

  test('refuses changes and merchants with a sentence, and stays as it is', async () => {
    const { viewer, file } = await openReportOf(await richWorld());
    const journal = async () => (await viewer.app.inject('/_emulator/journal')).payload;
    const before = await journal();
    const json = await viewer.app.inject({ method: 'POST', url: '/_emulator/reset' });
    assert.equal(json.statusCode, 403);
    assert.equal(json.json().error, 'read-only');
    assert.ok(json.json().message.includes(file));
    for (const [url, status] of [
      ['/reset', 403],
      ['/v2/authorizations/applyToken', 403],
      ['/_emulator/journal', 403],
    ] as const) {
      const method = url === '/_emulator/journal' ? 'DELETE' : 'POST';
      const { statusCode, payload } = await viewer.app.inject({
        method,
        url: `${url}?lang=es`,
        headers: { accept: 'text/html' },
      });
      assert.equal(statusCode, status, url);
      assert.match(payload, /Este informe es de solo lectura/);
    }
    for (const url of ['/playground', '/my.js', '/t/other/', '/nothing'])
      assert.equal((await viewer.app.inject(url)).statusCode, 404, url);
    assert.equal(await journal(), before);
  });

  test('explains signatures', async () => {
    const { viewer } = await openReportOf(await richWorld());
    const { status, body } = await new Tester(viewer, 'default').post('/signatures/explain', {
      path: '/v2/users/inquiryUserInfo',
      headers: { 'Client-Id': aurora.clientId, 'Request-Time': '2030-01-01T00:00:00Z', Signature: 'x' },
      body: '{}',
    });
    assert.equal(status, 200);
    assert.equal(body.verified, false);
  });

  test('has the profile of its wallet, whichever it is, also one that is not built in', async () => {
    for (const { name, source } of emulator.tenants.default.wallets) {
      const tester = new Tester(emulator);
      await tester.put('/settings', { wallet: name });
      const { body } = await tester.get('/report');
      const renamed = { ...body, settings: { ...body.settings, wallet: 'ours' }, profile: { ...body.profile, name: 'ours' } };
      for (const report of [body, renamed]) {
        const file = save(report);
        const viewer = await openEmulator(readOptions({ port: 0 }), undefined, { file, report: readReport(file) });
        assert.deepEqual({ ...viewer.tenants.default.profile.source }, { ...source, name: report.profile.name });
        assert.equal((await viewer.app.inject('/')).statusCode, 200);
        await viewer.close();
      }
    }
  });

  test('has no whole value of the header Agent-Token', async () => {
    const world = newWorld(emulator);
    const secret = 'agent-token-of-the-merchant-0123456789';
    world.changeClient(aurora.clientId, { agentTokens: [secret, { token: `${secret}-2` }] });
    const { text } = await new Tester(emulator, world.tenant.name).get('/report');
    assert.ok(!text.includes(secret));
    assert.equal(JSON.parse(text).clients[0].agentTokens.length, 2);
  });

  test('can be saved again, and is the same', async () => {
    const { viewer, text } = await openReportOf(await richWorld());
    const again = (await viewer.app.inject('/_emulator/report')).json();
    const { tenant, url, node, platform, ...first } = JSON.parse(text);
    for (const [field, value] of Object.entries(first)) assert.deepEqual(again[field], value, field);
  });
});

describe('a file that is no report', () => {
  const problem = (content: unknown): string => {
    const file = save(content);
    try {
      readReport(file);
    } catch (error) {
      const { message } = error as Error;
      assert.ok(message.startsWith(`${file}: `), message);
      assert.ok(!message.includes('\n'), message);
      return message.slice(file.length + 2);
    }
    return 'no problem';
  };

  test('is named in one line, with what is wrong', async () => {
    const { tenant } = await richWorld();
    const tester = new Tester(emulator, tenant.name);
    const { text, body } = await tester.get('/report');
    assert.match(problem(''), /^expected JSON: the file is empty$/);
    assert.match(problem(text.slice(0, text.length / 2)), /^expected JSON: line 1, column \d+: /);
    assert.match(problem([]), /^expected a report, as .* writes it$/);
    assert.match(problem((await tester.get('/snapshot')).body), /; this is a snapshot: use billetera snapshot load$/);
    assert.match(problem((await tester.get('/journal.har')).body), /; this is a HAR$/);
    assert.match(problem({ ...body, report: 2 }), /^report: expected 1$/);
    assert.match(
      problem({ ...body, version: '9.0.0', settings: { ...body.settings, mood: 'good' } }),
      /^settings: unknown field "mood".* \(the report is from billetera 9\.0\.0, this is .*\)$/,
    );
    assert.match(problem({ ...body, entries: body.entries.toReversed() }), /^entries\.1\.id: expected a smaller number/);
    const [entry] = body.entries;
    assert.match(problem({ ...body, entries: [{ ...entry, at: 'yesterday' }] }), /^entries\.0\.at: expected /);
    assert.match(problem({ ...body, entries: [{ ...entry, id: '__proto__' }] }), /^entries\.0\.id: expected /);
  });

  test('does not start an emulator if its profile or a record is invalid', async () => {
    const { tenant } = await richWorld();
    const tester = new Tester(emulator, tenant.name);
    await tester.post('/scenarios', { library: 'user-refuses' });
    const { body } = await tester.get('/report');
    const opening = (changes: object) => {
      const file = save({ ...body, ...changes });
      return openEmulator(readOptions({ port: 0 }), undefined, { file, report: readReport(file) });
    };
    await assert.rejects(
      opening({ profile: { ...body.profile, operations: 7 } }),
      /report-\d+\.json: profile: operations: expected/,
    );
    const [client] = body.clients;
    const [scenario] = body.scenarios;
    await assert.rejects(
      opening({ clients: [{ ...client, publicKey: 'no key' }] }),
      /report-\d+\.json: clients\.0: publicKey: expected/,
    );
    await assert.rejects(opening({ scenarios: [{ ...scenario, hits: 1 }] }), /report-\d+\.json: scenarios\.0/);
  });
});
