import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { packageRoot } from '../../package-root.js';
import { aurora, emulatorForFile, newWorld, users } from '../../testing/emulator.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');
const emulator = await emulatorForFile();
const world = newWorld(emulator);

/** Starts the command, and connects the client of the official SDK to it. */
async function connect(url: string) {
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({ command: process.execPath, args: [main, 'mcp', '--url', url], stderr: 'pipe' });
  await client.connect(transport);
  const call = async (name: string, args: Record<string, unknown> = {}) => {
    const { content, isError } = await client.callTool({ name, arguments: args });
    const [{ text }] = content as [{ text: string }];
    return { isError: isError === true, text, answer: isError ? undefined : JSON.parse(text) };
  };
  return { client, call };
}

describe('an assistant', () => {
  let assistant: Awaited<ReturnType<typeof connect>>;
  before(async () => {
    assistant = await connect(`${emulator.url}/t/${world.tenant.name}`);
  });
  after(() => assistant.client.close());
  const call = (name: string, args?: Record<string, unknown>) => assistant.call(name, args);

  test('is told what the tools do, and which change something', async () => {
    const { tools } = await assistant.client.listTools();
    for (const { description, inputSchema } of tools) {
      assert.match(description ?? '', /^[A-Z].*\.$/s);
      assert.equal(inputSchema.type, 'object');
    }
    const changing = tools.filter(({ annotations }) => !annotations?.readOnlyHint).map(({ name }) => name);
    const expected = ['add_scenario', 'change_settings', 'issue_auth_code', 'move_clock', 'remove_scenarios', 'reset'];
    assert.deepEqual(changing.sort(), expected);
    assert.match(assistant.client.getInstructions() ?? '', /journal/);
  });

  test('issues a code, inspects it, lets it expire, and finds its authorization', async () => {
    const { answer: records } = await call('list_records', { kind: 'clients' });
    assert.ok(records.clients.some(({ clientId }: { clientId: string }) => clientId === aurora.clientId));
    const code = { clientId: aurora.clientId, userId: users.tomas, scopes: ['USER_ID'], lifetime: 'PT5M' };
    const { authCode } = (await call('issue_auth_code', code)).answer;
    assert.equal((await call('inspect_token', { token: authCode })).answer.active, true);
    assert.equal((await call('move_clock', { by: 'PT10M', frozen: true })).answer.frozen, true);
    const inspected = (await call('inspect_token', { token: authCode })).answer;
    assert.deepEqual([inspected.kind, inspected.active], ['authCode', false]);
    assert.equal((await call('move_clock', { frozen: false })).answer.frozen, false);
    const { authorizations } = (await call('list_authorizations')).answer;
    const { authorizationId, status } = authorizations[0];
    assert.equal(status, 'EXPIRED');
    assert.equal((await call('read_authorization', { authorizationId })).answer.authorizationId, authorizationId);
  });

  test('adds a scenario, reads the reason of the call that it changed, and removes it', async () => {
    const scenario = Object.fromEntries([
      ['when', { operation: 'inquiryUserInfo' }],
      ['then', { result: 'ACCESS_DENIED' }],
    ]);
    const { id } = (await call('add_scenario', { scenario })).answer;
    await world.userInfo((await world.tokens()).accessToken);
    const { entries } = (await call('read_journal', { operation: 'inquiryUserInfo', limit: 1 })).answer;
    assert.deepEqual([entries.length, entries[0].resultCode, entries[0].scenario], [1, 'ACCESS_DENIED', id]);
    assert.match(entries[0].reason, /scenario/);
    assert.equal((await call('read_call', { id: entries[0].id })).answer.resultCode, 'ACCESS_DENIED');
    const listed = (await call('list_scenarios')).answer;
    assert.deepEqual([listed.scenarios.length, listed.library.length > 5], [1, true]);
    assert.deepEqual((await call('remove_scenarios', { id })).answer, { scenarios: [] });
  });

  test('explains a signature, and lists findings', async () => {
    const head = [
      'POST /v2/users/inquiryUserInfo HTTP/1.1',
      `Client-Id: ${aurora.clientId}`,
      'Signature: signature=testing_signature',
    ];
    const { answer } = await call('explain_signature', { request: [...head, '', '{}'].join('\n') });
    assert.equal(answer.verified, false);
    assert.ok(answer.mistakes.length > 0);
    assert.ok(Array.isArray((await call('list_findings')).answer.findings));
  });

  test('changes settings and resets', async () => {
    assert.equal((await call('change_settings', { settings: { wallet: 'gcash', consent: 'grant' } })).answer.wallet, 'gcash');
    assert.equal((await call('reset')).answer.consent, 'ask');
    assert.notEqual((await call('read_settings')).answer.wallet, 'gcash');
  });

  test('moves the clock with both values or with none', async () => {
    const before = (await call('move_clock', { frozen: true })).answer.now;
    for (const [now, by] of [
      ['2030-01-01T00:00:00Z', 'bad'],
      ['2030-01-01T00:00:00Z', '3600'],
      ['2030-02-30T00:00:00Z', 'PT1H'],
    ]) {
      const { isError, text } = await call('move_clock', { now, by });
      assert.ok(isError, text);
      assert.equal((await call('move_clock')).answer.now, before);
    }
    const { answer } = await call('move_clock', { now: '2030-01-01T00:00:00Z', by: 3600 });
    assert.deepEqual(answer, { now: '2030-01-01T01:00:00.000Z', frozen: true });
  });

  test('is told what is wrong with a value', async () => {
    const wrong: [string, Record<string, unknown>, RegExp][] = [
      ['move_clock', { by: 'soon' }, /by: expected/],
      ['move_clock', { days: 1 }, /unknown field "days"; allowed: by, now, frozen/],
      ['issue_auth_code', { clientId: 'none' }, /userId: missing/],
      ['issue_auth_code', { clientId: 'none', userId: users.tomas, scopes: ['USER_ID'] }, /clientId/],
      ['read_call', { id: 'none' }, /none/],
      ['add_scenario', { scenario: {} }, /then/],
      ['list_records', { kind: 'cars' }, /kind: expected/],
      ['no_such_tool', {}, /unknown tool no_such_tool: expected one of list_records/],
    ];
    for (const [name, args, message] of wrong) {
      const { isError, text } = await call(name, args);
      assert.ok(isError, name);
      assert.match(text, message);
    }
  });
});

test('without an emulator each call says how to start one', async () => {
  const { client, call } = await connect('http://127.0.0.1:9');
  const { isError, text } = await call('read_settings');
  assert.ok(isError);
  assert.match(text, /127\.0\.0\.1:9.*start one with "billetera"/);
  await client.close();
});
