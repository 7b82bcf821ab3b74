import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findCredentials } from '../engine/credentials.js';
import { aurora, emulatorForFile, newWorld, type World } from '../testing/emulator.js';
import type { CallOptions } from '../testing/merchant.js';

const emulator = await emulatorForFile();

interface Call {
  path: string;
  body: Record<string, unknown> | string;
  options: CallOptions & { headers: NonNullable<CallOptions['headers']> };
}
interface Fault {
  name: string;
  code: string;
  spoil(call: Call, world: World): void | Promise<void>;
  /** Faults that this fault makes impossible. */
  hides?: string[];
  /** Needs a call without other faults. */
  early?: true;
}

const set = (call: Call, changes: object) => {
  if (typeof call.body !== 'string') Object.assign(call.body, changes);
};

/** In the order of the protocol: the first failing check answers. */
const faults: Fault[] = [
  { name: 'path', code: 'INVALID_API', spoil: (call) => void Object.assign(call, { path: '/v2/nowhere' }) },
  { name: 'method', code: 'METHOD_NOT_SUPPORTED', spoil: (call) => void Object.assign(call.options, { method: 'PUT' }) },
  {
    name: 'media type',
    code: 'MEDIA_TYPE_NOT_ACCEPTABLE',
    spoil: (call) => void Object.assign(call.options.headers, { 'Content-Type': 'text/plain' }),
  },
  {
    name: 'Client-Id',
    code: 'INVALID_CLIENT',
    spoil: (call) => void Object.assign(call.options.headers, { 'Client-Id': 'nobody' }),
  },
  {
    name: 'signature',
    code: 'INVALID_SIGNATURE',
    spoil: (call) => void Object.assign(call.options, { content: () => 'something else' }),
  },
  { name: 'JSON', code: 'PARAM_ILLEGAL', spoil: (call) => void Object.assign(call, { body: '{"not": json' }) },
  { name: 'fields', code: 'PARAM_ILLEGAL', spoil: (call) => set(call, { extendInfo: 5 }) },
  {
    name: 'agent token',
    code: 'INVALID_AGENT_TOKEN',
    spoil: (call) => void Object.assign(call.options.headers, { 'Agent-Token': 'wrong' }),
  },
  {
    name: 'traffic',
    code: 'REQUEST_TRAFFIC_EXCEED_LIMIT',
    spoil: (_, world) => world.changeClient(aurora.clientId, { ...record(world), rateLimit: { max: 0, per: 60 } }),
  },
  { name: 'authClientId', code: 'INVALID_AUTH_CLIENT', spoil: (call) => set(call, { authClientId: 'nobody' }) },
  { name: 'appId', code: 'PARAM_ILLEGAL', spoil: (call) => set(call, { appId: 'nothing' }) },
  {
    name: 'status',
    code: 'INVALID_AUTH_CLIENT_STATUS',
    spoil: (_, world) => world.changeClient(aurora.clientId, { ...record(world), status: 'SUSPENDED' }),
  },
  {
    name: 'grantType',
    code: 'AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE',
    spoil: (_, world) => world.changeClient(aurora.clientId, { ...record(world), grantTypes: ['REFRESH_TOKEN'] }),
  },
  {
    name: 'unknown code',
    code: 'INVALID_AUTHCODE',
    spoil: (call) => set(call, { authCode: 'nothing-like-it' }),
    hides: ['used code', 'expired code'],
  },
  {
    name: 'used code',
    code: 'USED_AUTHCODE',
    early: true,
    spoil: async (call, { tenant }) => {
      const client = tenant.clients.get(aurora.clientId);
      assert.ok(client);
      const { authCode } = await findCredentials(tenant.store, call.body as Record<string, unknown>);
      assert.ok(authCode);
      await tenant.tokens.exchange(authCode, { client });
    },
  },
  { name: 'expired code', code: 'EXPIRED_AUTHCODE', spoil: (_, { tenant }) => tenant.clock.advance(25 * 3_600_000) },
];

function record({ tenant }: World) {
  return tenant.clients.get(aurora.clientId)?.record;
}

async function callWith(spoilers: Fault[]): Promise<string> {
  const world = newWorld(emulator);
  world.changeClient(aurora.clientId, { signature: 'required', agentTokens: ['right'] });
  const call: Call = {
    path: '/v2/authorizations/applyToken',
    body: { appId: aurora.appId, authClientId: aurora.clientId, grantType: 'AUTHORIZATION_CODE', authCode: await world.code() },
    options: { headers: { 'Agent-Token': 'right' } },
  };
  // The last faults go first: a fault that changes the body needs the body without the faults before it.
  const ordered = [...spoilers.filter(({ early }) => early), ...spoilers.filter(({ early }) => !early).toReversed()];
  for (const { spoil } of ordered) await spoil(call, world);
  return (await world.aurora.call(call.path, call.body, call.options)).code;
}

test('a call without faults succeeds', async () => {
  assert.equal(await callWith([]), 'SUCCESS');
});

for (const [index, first] of faults.entries()) {
  describe(`a wrong ${first.name}`, () => {
    test(`by itself is ${first.code}`, async () => {
      assert.equal(await callWith([first]), first.code);
    });
    for (const second of faults.slice(index + 1).filter(({ name }) => !first.hides?.includes(name))) {
      test(`comes before a wrong ${second.name}`, async () => {
        assert.equal(await callWith([first, second]), first.code);
      });
    }
  });
}
