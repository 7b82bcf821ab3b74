import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { aurora, emulatorForFile, faro, minutes, newWorld, type World } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();
const run = promisify(execFile);

async function open({ tenant }: World, id: string, lang = 'en') {
  return (await fetch(`${emulator.url}/t/${tenant.name}/journal/${id}?lang=${lang}`)).text();
}

/** The id of the newest call of an operation. */
function newest({ tenant }: World, operation: string): string {
  return tenant.journal.list({ operation }, 1)[0]?.id ?? '';
}

/** The code that a copy button copies. */
function copied(page: string, name: string): string {
  const copies = Array.from(
    page.matchAll(/<pre tabindex="0"><code>([\s\S]*?)<\/code><\/pre><\/details>\s*<button[^>]*data-testid="copy-(\w+)"/g),
  );
  const [, code = ''] = copies.find(([, , title]) => title === name) ?? [];
  const characters: Record<string, string> = { quot: '"', '#x27': "'", '#x3D': '=', '#x60': '`', lt: '<', gt: '>', amp: '&' };
  return code.replace(/&([#\w]+);/g, (whole, entity: string) => characters[entity] ?? whole);
}

/** TypeScript runs in Node. */
async function isInstalled(name: 'curl' | 'typescript' | 'python' | 'php'): Promise<boolean> {
  if (name === 'curl' && process.platform === 'win32') return false; // The copy is for a Unix shell.
  const program = { curl: 'curl', typescript: process.execPath, python: 'python3', php: 'php' }[name];
  return run(program, ['--version']).then(
    () => true,
    () => false,
  );
}

test('the page of a call leads to the list of calls and to a report', async () => {
  const world = newWorld(emulator);
  await world.aurora.call('/v2/users/inquiryUserInfo', { accessToken: 'nope' });
  const page = await open(world, newest(world, 'inquiryUserInfo'));
  assert.match(page, new RegExp(`<a href="/t/${world.tenant.name}/journal">All calls</a>`));
  assert.match(page, new RegExp(`<a href="/t/${world.tenant.name}/report">Report a problem</a>`));
});

describe('the copy of a call', () => {
  async function prepared(client = aurora.clientId) {
    const world = newWorld(emulator);
    // The call has a character that JSON, shells and HTML treat specially.
    const fields = { scopes: 'AGREEMENT_PAY', state: `it's <b>"é"</b> \\ $HOME` };
    await (client === aurora.clientId ? world.aurora : world.faro).call('/v1/authorizations/prepare', fields);
    return { world, page: await open(world, newest(world, 'prepare')) };
  }

  for (const [name, command] of [
    ['curl', (code: string) => run('sh', ['-c', code])],
    ['typescript', (code: string) => run(process.execPath, ['--input-type=module', '-e', code])],
    ['python', (code: string) => run('python3', ['-c', code])],
    // The option -r takes code without its first tag.
    ['php', (code: string) => run('php', ['-r', code.replace('<?php', '')])],
  ] as const) {
    test(`as ${name} runs, and its signature verifies`, async (context) => {
      if (!(await isInstalled(name))) return context.skip(`${name} is not installed`);
      const { world, page } = await prepared();
      const { stdout } = await command(copied(page, name));
      assert.match(stdout, /"resultCode":"SUCCESS"/);
      const [again, first] = world.tenant.journal.list({ operation: 'prepare' });
      assert.equal(again?.signature?.verified, true);
      assert.equal(again?.request.body, first?.request.body);
    });
  }

  test("has the wallet's form of the time, and the headers that it requires", async () => {
    const world = newWorld(emulator);
    await world.aurora.call('/v2/users/inquiryUserInfo', { accessToken: 'unknown' });
    world.tenant.changeSettings({ wallet: 'toka' });
    const code = copied(await open(world, newest(world, 'inquiryUserInfo')), 'curl');
    assert.match(code, /-H 'Request-Time: \d{13}'/);
    assert.match(code, /-H 'Request-Id: [^']+'/);
  });

  test('has a placeholder if the client has another key', async () => {
    const { page } = await prepared(faro.clientId);
    assert.match(copied(page, 'curl'), /^# Replace SIGNATURE: sign the call [\s\S]*signature=SIGNATURE'/);
  });

  test('has no whole code, and says so', async () => {
    const world = newWorld(emulator);
    const authCode = await world.code();
    await world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
    const page = await open(world, newest(world, 'applyToken'));
    assert.ok(!page.includes(authCode));
    assert.match(copied(page, 'python'), /^# Signed .*\n# The journal shortens codes and tokens\./);
  });
});

test('the page has the neighbours of the same authorization', async () => {
  const world = newWorld(emulator);
  const { accessToken } = await world.tokens();
  await world.tokens();
  await world.userInfo(accessToken);
  const [first, , last] = world.tenant.journal.list().reverse();
  const page = await open(world, first?.id ?? '');
  assert.doesNotMatch(page, /data-testid="previous"/);
  assert.match(page, new RegExp(`/journal/${last?.id}" rel="next" data-testid="next"`));
  assert.match(await open(world, last?.id ?? ''), new RegExp(`/journal/${first?.id}" rel="prev" data-testid="previous"`));
});

test('a finding is explained in the language of the page', async () => {
  const world = newWorld(emulator);
  const { refreshToken } = await world.tokens();
  await world.refresh(refreshToken);
  await world.refresh(refreshToken);
  const id = newest(world, 'applyToken');
  assert.match(await open(world, id, 'en'), /data-code="refresh-token-reused">[\s\S]*What to do:[\s\S]*Source: [^<]*RFC 9700/);
  assert.match(
    await open(world, id, 'es'),
    /data-code="refresh-token-reused">[\s\S]*Qué hacer:[\s\S]*Guarda el refreshToken nuevo/,
  );
});

test('a body is shown as text, never as markup', async () => {
  const world = newWorld(emulator);
  for (const payload of ['{"<img>":["<b>x</b>"]}', '<b>x</b>', `${'['.repeat(3000)}`]) {
    const headers = { 'client-id': aurora.clientId, 'content-type': 'application/json' };
    await emulator.app.inject({ method: 'POST', url: `/t/${world.tenant.name}/v2/users/inquiryUserInfo`, headers, payload });
    const { statusCode, payload: page } = await emulator.app.inject(
      `/t/${world.tenant.name}/journal/${newest(world, 'inquiryUserInfo')}`,
    );
    assert.equal(statusCode, 200);
    assert.doesNotMatch(page, /<img>|<b>x/);
  }
});

test('an unknown call is 404, with a way on', async () => {
  const { statusCode, payload } = await emulator.app.inject('/journal/999999?lang=en');
  assert.equal(statusCode, 404);
  assert.match(payload, /This call is not in the journal/);
});

test('a call names the scenario that acted by its title, in the language of the page, and leads to its card', async () => {
  const world = newWorld(emulator);
  const { scenarios } = world.tenant;
  // biome-ignore lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
  scenarios.add({ id: 'platform-fails', then: { result: 'PROCESS_FAIL' }, times: 1 });
  // biome-ignore lint/suspicious/noThenProperty: as above
  scenarios.add({ id: 'own', title: '<b>Mine', then: { result: 'PROCESS_FAIL' } });
  const acted = async (lang: string, headers = {}) => {
    await world.aurora.call('/v2/authorizations/applyToken', {}, { headers });
    const page = await open(world, newest(world, 'applyToken'), lang);
    return /data-testid="scenario-acted">([\s\S]*?)\s*<\/dd>/.exec(page)?.[1];
  };
  const link = `<a href="/t/${world.tenant.name}/scenarios#card-`;
  assert.equal(await acted('es'), `${link}platform-fails" title="platform-fails">La plataforma falla</a>`);
  assert.equal(await acted('en'), `${link}own" title="own">&lt;b&gt;Mine</a>`);
  assert.equal(await acted('en', { 'X-Emulator-Scenario': 'PROCESS_FAIL' }), '<code>PROCESS_FAIL</code>');
});

describe('Send again', () => {
  async function sendAgain(world: World, id: string, origin?: string) {
    const { status, headers } = await new PageClient(emulator, world.tenant.name).post(
      `/journal/${id}/send`,
      {},
      origin === undefined ? {} : { origin },
    );
    const address = new URL(String(headers.location), 'http://emulator.test');
    return { status, path: address.pathname, done: address.searchParams.get('done') };
  }

  test('sends the whole call, signed with the time of now, and leads to the new one', async () => {
    const world = newWorld(emulator);
    const { accessToken } = await world.tokens();
    await world.userInfo(accessToken);
    const id = newest(world, 'inquiryUserInfo');
    world.tenant.clock.advance(minutes(3));
    assert.match(await open(world, id), new RegExp(`action="[^"]*/journal/${id}/send"[\\s\\S]*data-testid="send-again"`));
    const sent = await sendAgain(world, id);
    const [again, first] = world.tenant.journal.list({ operation: 'inquiryUserInfo' });
    assert.deepEqual(sent, { status: 303, path: `/t/${world.tenant.name}/journal/${again?.id}`, done: 'call-sent' });
    assert.notEqual(again?.id, id);
    assert.deepEqual([again?.resultCode, again?.signature?.verified, again?.findings], ['SUCCESS', true, []]);
    assert.equal(again?.request.body, first?.request.body);
    assert.notEqual(again?.request.headers['request-time'], first?.request.headers['request-time']);
  });

  test('leads to the new call also if a scenario never gives a whole answer', async () => {
    const world = newWorld(emulator);
    const { accessToken } = await world.tokens();
    await world.userInfo(accessToken);
    const id = newest(world, 'inquiryUserInfo');
    // biome-ignore lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
    await new Tester(emulator, world.tenant.name).post('/scenarios', { when: { operation: '*' }, then: { fault: 'reset' } });
    assert.equal((await sendAgain(world, id)).done, 'call-sent');
    assert.notEqual(newest(world, 'inquiryUserInfo'), id);
  });

  test('is refused for a cut body, another key, another origin, and a call that does not exist', async () => {
    const world = newWorld(emulator);
    await world.aurora.call('/v2/users/inquiryUserInfo', { accessToken: 'x', padding: 'y '.repeat(10_000) });
    const cut = newest(world, 'inquiryUserInfo');
    const page = await open(world, cut);
    assert.doesNotMatch(page, /data-testid="send-again"/);
    assert.match(page, /only the first 16 KiB of the body, so this call cannot be sent again/);
    await world.faro.call('/v2/users/inquiryUserInfo', { accessToken: 'x' });
    const ofFaro = newest(world, 'inquiryUserInfo');
    assert.doesNotMatch(await open(world, ofFaro), /sent? again/i);
    const { size } = world.tenant.journal;
    assert.equal((await sendAgain(world, cut)).done, 'call-cut');
    assert.equal((await sendAgain(world, ofFaro)).done, 'nothing');
    assert.equal((await sendAgain(world, '999999999')).done, 'unknown');
    assert.equal((await sendAgain(world, cut, 'http://evil.example')).status, 403);
    assert.equal(world.tenant.journal.size, size);
  });
});
