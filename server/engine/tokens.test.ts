import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MemoryStore } from '../store/memory-store.js';
import { inEnglish } from '../texts/write-text.js';
import { Authorizations } from './authorization.js';
import { findCredentials, type SentAccessToken, type SentAuthCode, type SentRefreshToken } from './credentials.js';
import type { EngineDeps } from './deps.js';
import type { Refusal } from './outcomes.js';
import { Scopes } from './scopes.js';
import { Tokens } from './tokens.js';

// The gateway's tests check result codes and lifetimes over HTTP. These tests check the wallet's settings and the messages.

const client = { clientId: 'c1', status: 'ACTIVE' as const, grantTypes: [], scopes: '*' as const };
const user = { userId: 'u1' };
const app = { appId: 'a1', clientId: 'c1' };
const clockStart = Date.parse('2026-05-01T12:00:00Z');

function engine(changes: Partial<EngineDeps> = {}) {
  let count = 0;
  const clock = { now: clockStart };
  const make = () => `secret-number-${++count}-of-many`;
  const deps: EngineDeps = {
    wallet: 'w1',
    store: new MemoryStore({ now: () => clock.now }),
    scopes: new Scopes([{ name: 'S', silent: true, covers: new Set(['S']), read: () => ({}) }]),
    tokenFactory: { authCode: make, accessToken: make, refreshToken: make },
    now: () => clock.now,
    lifetimes: (_client, _user, ...requested) =>
      Object.assign({ authCode: 1000, accessToken: 2000, refreshToken: 3000 }, ...requested.reverse()),
    findUser: (userId) => (userId === 'u1' ? user : undefined),
    refreshEndsAccessToken: false,
    ...changes,
  };
  const found = {
    code: async (authCode: string) => (await findCredentials(deps.store, { authCode })).authCode as SentAuthCode,
    access: async (accessToken: string) => (await findCredentials(deps.store, { accessToken })).accessToken as SentAccessToken,
    refresh: async (refreshToken: string) =>
      (await findCredentials(deps.store, { refreshToken })).refreshToken as SentRefreshToken,
  };
  return { clock, deps, found, tokens: new Tokens(deps), authorizations: new Authorizations(deps) };
}

async function issued(changes?: Partial<EngineDeps>) {
  const it = engine(changes);
  return { ...it, ...(await it.tokens.issue({ client, app }, user, ['S'])) };
}

test('a wallet may end the old access token with a refresh', async () => {
  for (const refreshEndsAccessToken of [false, true]) {
    const { tokens, pair, found } = await issued({ refreshEndsAccessToken });
    assert.equal((await tokens.refresh(await found.refresh(pair.refresh.refreshToken), { client })).outcome, 'done');
    assert.equal(
      tokens.access(await found.access(pair.access.accessToken), { client }).outcome,
      refreshEndsAccessToken ? 'access-token-expired' : 'done',
    );
  }
});

test('refuses codes and tokens of another wallet', async () => {
  const { deps, authorizations, pair, found } = await issued();
  const code = await authorizations.issue({ client, app, user, scopes: ['S'] }, ['S']);
  const other = new Tokens({ ...deps, wallet: 'w2' });
  for (const result of [
    await other.exchange(await found.code(code.authCode), { client }),
    await other.refresh(await found.refresh(pair.refresh.refreshToken), { client }),
    other.access(await found.access(pair.access.accessToken), { client }),
  ]) {
    assert.match(result.outcome, /-unknown$/);
    assert.match('message' in result ? inEnglish(result.message) : '', /issued by the wallet w1/);
  }
});

test('a scenario’s lifetimes override the lifetimes of the code', async () => {
  const { tokens, authorizations, clock, found } = engine();
  const { authCode } = await authorizations.issue(
    { client, user, scopes: ['S'], lifetimes: { accessToken: 10, refreshToken: 20 } },
    ['S'],
  );
  const result = await tokens.exchange(await found.code(authCode), { client, lifetimes: { accessToken: 7 } });
  assert.ok(result.outcome === 'done');
  assert.deepEqual([result.pair.access.expiresAt - clock.now, result.pair.refresh.expiresAt - clock.now], [7, 20]);
});

test('a code without a mini program takes the mini program of its first caller', async () => {
  const { tokens, authorizations, found } = engine();
  const { authCode } = await authorizations.issue({ client, user, scopes: ['S'] }, ['S']);
  const result = await tokens.exchange(await found.code(authCode), { client, app });
  assert.equal(result.outcome === 'done' && result.grant.appId, 'a1');
});

test('an access token keeps its pair after a refresh', async () => {
  const { tokens, pair, found } = await issued();
  await tokens.refresh(await found.refresh(pair.refresh.refreshToken), { client });
  assert.deepEqual(await tokens.pairOf(pair.access), { access: pair.access, refresh: { ...pair.refresh, usedAt: clockStart } });
  assert.equal(await tokens.pairOf({ ...pair.access, refreshToken: 'none' }), undefined);
});

test('each code and token of a call is looked up once', async () => {
  const lookUps: string[] = [];
  const store = new MemoryStore({ now: () => clockStart });
  for (const name of ['findAuthCode', 'findAccessToken', 'findRefreshToken'] as const) {
    const find = store[name].bind(store) as (value: string) => Promise<never>;
    store[name] = (value: string) => {
      lookUps.push(`${name} ${value}`);
      return find(value);
    };
  }
  const { tokens, authorizations, found } = engine({ store });
  const { authCode } = await authorizations.issue({ client, user, scopes: ['S'] }, ['S']);
  const exchanged = await tokens.exchange(await found.code(authCode), { client });
  assert.ok(exchanged.outcome === 'done');
  const { accessToken } = exchanged.pair.access;
  await tokens.revoke(await found.access(accessToken), { client });
  assert.deepEqual(lookUps, [`findAuthCode ${authCode}`, `findAccessToken ${accessToken}`]);
});

test('a call reads a user once with each scope', async () => {
  const reads: string[] = [];
  const scope = (name: string) => ({
    name,
    silent: true,
    covers: new Set([name]),
    fields: [name],
    read: () => {
      reads.push(name);
      return name === 'EMPTY' ? {} : { [name]: name };
    },
  });
  const it = engine({ scopes: new Scopes(['A', 'EMPTY', 'B', 'NOT_GRANTED'].map(scope)) });
  const { pair } = await it.tokens.issue({ client }, user, ['B', 'A', 'EMPTY']);
  const read = it.tokens.readUser(await it.found.access(pair.access.accessToken), { client });
  assert.ok(read.outcome === 'done' && read.reason?.code === 'user-read-partly');
  assert.deepEqual([read.userInfo, read.reason.values?.empty], [{ userId: 'u1', A: 'A', B: 'B' }, ['EMPTY']]);
  assert.deepEqual(reads, ['A', 'EMPTY', 'B']);
});

describe('a refusal says what happened and what to do, and shortens the code or token', () => {
  const says = async (result: object | Promise<object>, secret: string, ...parts: RegExp[]) => {
    const { outcome, message, reason = message, revoked } = (await result) as Refusal;
    const words = [outcome, inEnglish(message), inEnglish(reason), `revoked: ${revoked}`].join('\n');
    for (const part of parts) assert.match(words, part);
    assert.ok(!words.includes(secret), words);
  };

  test('authCode', async () => {
    const { tokens, authorizations, clock, found } = engine();
    const issue = () => authorizations.issue({ client, app, user, scopes: ['S'] }, ['S']);
    const [used, late, others] = [await issue(), await issue(), await issue()];
    await tokens.exchange(await found.code(used.authCode), { client });
    await says(
      tokens.exchange(await found.code(used.authCode), { client }),
      used.authCode,
      /auth-code-used/,
      /exchanged at 2026-05-01T12:00:00Z/,
      /by the client c1/,
    );
    await says(
      tokens.exchange(await found.code(others.authCode), { client: { ...client, clientId: 'c2' } }),
      others.authCode,
      /auth-code-unknown/,
      /another client/,
    );
    await says(
      tokens.exchange(await found.code(others.authCode), { client, app: { ...app, appId: 'a2' } }),
      others.authCode,
      /auth-code-unknown/,
      /send the appId a1/,
    );
    clock.now += 60_000;
    await says(
      tokens.exchange(await found.code(late.authCode), { client }),
      late.authCode,
      /auth-code-expired/,
      /expired at 2026-05-01T12:00:01Z/,
    );
    const neverIssued = 'never-was-a-code-like-it';
    await says(tokens.exchange(await found.code(neverIssued), { client }), neverIssued, /never issued/);
  });

  test('accessToken and refreshToken', async () => {
    const { tokens, pair, clock, grant, found } = await issued();
    const { accessToken, refreshToken } = { ...pair.access, ...pair.refresh };
    await says(
      tokens.access(await found.access(accessToken), { client: { ...client, clientId: 'c2' } }),
      accessToken,
      /access-token-unknown/,
      /issued to another client, and c2 sent it/,
    );
    clock.now += 2500;
    await says(
      tokens.access(await found.access(accessToken), { client }),
      accessToken,
      /access-token-expired/,
      /refresh it with its refreshToken/,
    );
    await tokens.revokeGrant(grant, 'revoker-tester');
    await says(
      tokens.access(await found.access(accessToken), { client }),
      accessToken,
      /access-token-unknown/,
      /revoked at 2026-05-01T12:00:02Z by a tester/,
      /revoked: true/,
    );
    await says(
      tokens.refresh(await found.refresh(refreshToken), { client }),
      refreshToken,
      /refresh-token-unknown/,
      /by a tester/,
    );
  });
});
