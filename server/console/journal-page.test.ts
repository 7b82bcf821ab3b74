// biome-ignore-all lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callFacts } from '../testing/call-facts.js';
import { emulatorForFile, newWorld, users } from '../testing/emulator.js';
import { worldAndPage } from '../testing/world-and-page.js';
import { text } from '../texts/text.js';

const emulator = await emulatorForFile();
const applyToken = '/v2/authorizations/applyToken';

/** The rows of a page: their ids and codes. */
function rowsOf(html: string): { id: string; code: string }[] {
  return [...html.matchAll(/data-testid="call" data-id="(\d+)" data-code="([^"]*)"/g)].map(([, id = '', code = '']) => ({
    id,
    code,
  }));
}

test('the address filters the list by every field, and an unknown value matches nothing', async () => {
  const { world, page } = worldAndPage(emulator);
  const codes = async (query: string) => rowsOf(await page(`/journal?${query}`)).map(({ code }) => code);
  const authCode = await world.code({ user: users.tomas });
  for (let again = 0; again < 2; again++) await world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode });
  await world.faro.call('/v2/users/inquiryUserInfo', { accessToken: 'nope' });
  const [used, first] = world.tenant.journal.list({ operation: 'applyToken' });
  assert.deepEqual(await codes(''), ['INVALID_ACCESS_TOKEN', 'USED_AUTHCODE', 'SUCCESS']);
  for (const [query, expected] of [
    ['q=used_authcode', ['USED_AUTHCODE']],
    ['operation=applyToken', ['USED_AUTHCODE', 'SUCCESS']],
    ['resultCode=SUCCESS', ['SUCCESS']],
    ['resultStatus=F', ['INVALID_ACCESS_TOKEN', 'USED_AUTHCODE']],
    [`clientId=${world.faro.clientId}`, ['INVALID_ACCESS_TOKEN']],
    [`userId=${users.tomas}`, ['SUCCESS']],
    ['kind=openapi&operation=&q=', ['INVALID_ACCESS_TOKEN', 'USED_AUTHCODE', 'SUCCESS']],
    ['kind=jsapi', []],
    ['finding=auth-code-reused', ['USED_AUTHCODE']],
    ['finding=unknown', []],
    [`authorization=${first?.authorizationId}`, ['USED_AUTHCODE', 'SUCCESS']],
    [`tenant=${world.tenant.name}`, ['INVALID_ACCESS_TOKEN', 'USED_AUTHCODE', 'SUCCESS']],
    ['tenant=never-used', []],
    [`before=${used?.id}`, ['SUCCESS']],
  ] as const)
    assert.deepEqual(await codes(query), expected, query);
});

test('calls of another tenant are found from here, name their tenant, and link to it', async () => {
  const [{ page }, other] = [worldAndPage(emulator), worldAndPage(emulator)];
  await other.world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode: 'only-there' });
  const html = await page('/journal?tenant=*&q=only-there');
  const [row] = rowsOf(html);
  assert.ok(html.includes(`/t/${other.world.tenant.name}/journal/${row?.id}"`));
  assert.match(html, new RegExp(`· ${other.world.tenant.name}</span>`));
  assert.deepEqual(rowsOf(await page('/journal?q=only-there')), []);
});

test('a list names parties, has milliseconds, and pages to older calls by the id of its last row', async () => {
  const { world, page } = worldAndPage(emulator);
  world.tenant.clock.freeze();
  world.tenant.clock.set(Date.parse('2030-01-01T10:00:00.123Z'));
  await world.tokens({ user: users.tomas });
  for (let time = 0; time < 150; time++) await world.aurora.call('/v2/users/inquiryUserInfo', { accessToken: 'nope' });
  const html = await page('/journal');
  const rows = rowsOf(html);
  assert.equal(rows.length, 100);
  assert.match(html, />10:00:00\.123</);
  assert.match(html, /<bdi title="202016726873874774774000">Café Aurora<\/bdi>/);
  const [, older = ''] = /href="\/t\/[^/]+(\/journal\?before=\d+)" data-older/.exec(html) ?? [];
  assert.match(older, new RegExp(`before=${rows.at(-1)?.id}$`));
  const next = await page(older);
  assert.deepEqual(
    [...rows, ...rowsOf(next)].map(({ id }) => id),
    world.tenant.journal.list().map(({ id }) => id),
  );
  assert.match(next, new RegExp(`<bdi class="call-user" title="${users.tomas}">`));
  assert.match(next, /data-older data-testid="calls-older" hidden/);
  assert.match(next, /tokens del usuario Tomás Arrieta Quintanal, con/);
});

test('the reason names a suspended merchant, and a path that no operation has can break after a slash', async () => {
  const { world, page } = worldAndPage(emulator);
  world.changeClient(world.faro.clientId, { status: 'SUSPENDED' });
  await world.faro.call('/v2/users/inquiryUserInfo', { accessToken: 'nope' });
  await world.aurora.call('/v2/nowhere', {});
  const html = await page('/journal?lang=en');
  assert.match(html, /the client Librería El Faro is suspended: set its status to ACTIVE/);
  assert.match(html, /<b>POST \/<wbr>v2\/<wbr>nowhere<\/b>/);
  assert.match(html, /INVALID_API<\/span> <span class="error-operation">unknown path</);
});

test('the reason has the title of the scenario that acted, and the result code; a rule without a title keeps its id', async () => {
  const { world, page } = worldAndPage(emulator);
  const { scenarios, journal } = world.tenant;
  scenarios.add({ id: 'code-expired', then: { result: 'auth-code-expired' } });
  await world.aurora.call('/v2/users/inquiryUserInfo', { accessToken: 'nope' });
  const { id } = journal.list({}, 1)[0] as { id: string };
  for (const path of ['/journal', `/journal/${id}`]) {
    assert.match(
      await page(`${path}?lang=en`),
      /the scenario &quot;The authCode has expired&quot; set the result EXPIRED_AUTHCODE/,
    );
    assert.match(await page(`${path}?lang=es`), /el escenario &quot;El authCode venció&quot; fijó el resultado EXPIRED_AUTHCODE/);
  }
  journal.add(callFacts({ reason: text('scenarios-off', { ids: ['platform-down', 'mine'] }) }));
  assert.match(await page('/journal?lang=en'), /scenarios were switched off: &quot;The platform is down&quot;, mine/);
});

test('a call that is accepted with a wrong signature, or none, says that a real platform would refuse it', async () => {
  const { world, page } = worldAndPage(emulator);
  const says = /A real platform would refuse this/;
  const call = (options: object) => world.aurora.call('/v2/users/inquiryUserInfo', { accessToken: 'nope' }, options);
  for (const [options, expected] of [
    [{}, false],
    [{ unsigned: true }, true],
    [{ headers: { Signature: 'testing_signature' } }, true],
  ] as const) {
    await call(options);
    const [entry] = world.tenant.journal.list({}, 1);
    for (const path of [`/journal/${entry?.id}?lang=en`, '/journal?lang=en'])
      assert.equal(says.test(await page(path)), expected, `${path} ${JSON.stringify(options)}`);
    world.tenant.journal.clear();
  }
  world.changeClient(world.aurora.clientId, { signature: 'required' });
  await call({ unsigned: true });
  assert.doesNotMatch(await page('/journal?lang=en'), says);
});

test('the error number of a JSAPI is explained, in the list of calls and in the list of errors', async () => {
  const { tenant } = newWorld(emulator);
  const failed = { operation: 'getAuthCode', kind: 'jsapi', resultStatus: 'F', resultCode: '11', durationMs: 4098.61 } as const;
  const { id } = tenant.journal.add(callFacts({ ...failed, authorizationId: 'a1', clientId: '202016726873874774774000' }));
  const { payload } = await emulator.app.inject(`/t/${tenant.name}/?lang=en`);
  assert.match(payload, /<span class="badge" data-status="F" title="the user refused">11<\/span>/);
  assert.match(payload, /class="error-operation">getAuthCode<\/span><\/a> <span class="quiet">the user refused · 1×/);
  assert.match(payload, />4099 ms</);
  for (const path of [`/journal/${id}`, '/authorizations/a1']) {
    const page = await emulator.app.inject(`/t/${tenant.name}${path}?lang=es`);
    assert.match(page.payload, /">11<\/span> <span class="quiet">el usuario rechazó<\/span>/, path);
  }
});

test('errors are grouped by code and operation, and findings have sentences; both lead to their calls', async () => {
  const { world, page } = worldAndPage(emulator);
  const authCode = await world.code();
  for (let again = 0; again < 3; again++) await world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode });
  const dashboard = await page('/?lang=en');
  const prefix = `/t/${world.tenant.name}`;
  assert.ok(dashboard.includes(`href="${prefix}/journal?operation=applyToken&resultCode=USED_AUTHCODE"`));
  assert.match(dashboard, /2× · last at/);
  const findings = await page('/findings?lang=en');
  assert.match(findings, /data-testid="finding" data-code="auth-code-reused"/);
  assert.match(findings, /authCode used twice/);
  assert.match(findings, /2 calls · last at/);
  for (const { id } of world.tenant.journal.list({ finding: 'auth-code-reused' }))
    assert.ok(findings.includes(`${prefix}/journal/${id}"`));
});
