import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MemoryStore } from '../store/memory-store.js';
import { Authorizations } from './authorization.js';
import type { EngineDeps } from './deps.js';
import { Scopes } from './scopes.js';
import { Tokens } from './tokens.js';

// Result codes and lifetimes are tested over HTTP, beside the gateway; here: what a wallet may do otherwise, and what is said.

const client = { clientId: 'c1', status: 'ACTIVE' as const, grantTypes: [], scopes: '*' as const };
const user = { userId: 'u1' };
const app = { appId: 'a1', clientId: 'c1' };

function engine(changes: Partial<EngineDeps> = {}) {
  let count = 0;
  const clock = { now: Date.parse('2026-05-01T12:00:00Z') };
  const make = () => `secret-number-${++count}-of-many`;
  const deps: EngineDeps = {
    wallet: 'w1',
    store: new MemoryStore({ now: () => clock.now }),
    scopes: new Scopes([{ name: 'S', silent: true, covers: new Set(['S']), read: () => ({}) }]),
    tokenFactory: { authCode: make, accessToken: make, refreshToken: make },
    now: () => clock.now,
    lifetimes: (_client, _user, asked) => ({ authCode: 1000, accessToken: 2000, refreshToken: 3000, ...asked }),
    findUser: (userId) => (userId === 'u1' ? user : undefined),
    refreshEndsAccessToken: false,
    ...changes,
  };
  return { clock, deps, tokens: new Tokens(deps), authorizations: new Authorizations(deps) };
}

async function issued(changes?: Partial<EngineDeps>) {
  const it = engine(changes);
  return { ...it, ...(await it.tokens.issue(client, app, user, ['S'])) };
}

test('a wallet may end the old access token with a refresh', async () => {
  for (const refreshEndsAccessToken of [false, true]) {
    const { tokens, pair } = await issued({ refreshEndsAccessToken });
    assert.equal((await tokens.refresh(pair.refresh.refreshToken, { client })).outcome, 'done');
    assert.equal(
      (await tokens.access(pair.access.accessToken, { client })).outcome,
      refreshEndsAccessToken ? 'access-token-expired' : 'done',
    );
  }
});

test('what another wallet issued is not this one’s', async () => {
  const { deps, authorizations, pair } = await issued();
  const code = await authorizations.issue({ client, app, user, scopes: ['S'] }, ['S']);
  const other = new Tokens({ ...deps, wallet: 'w2' });
  for (const result of [
    await other.exchange(code.authCode, { client }),
    await other.refresh(pair.refresh.refreshToken, { client }),
    await other.access(pair.access.accessToken, { client }),
  ]) {
    assert.match(result.outcome, /-unknown$/);
    assert.match('message' in result ? result.message : '', /issued by the wallet w1/);
  }
});

test('a scenario’s lifetimes go before those that came with the code', async () => {
  const { tokens, authorizations, clock } = engine();
  const { authCode } = await authorizations.issue(
    { client, user, scopes: ['S'], lifetimes: { accessToken: 10, refreshToken: 20 } },
    ['S'],
  );
  const result = await tokens.exchange(authCode, { client, lifetimes: { accessToken: 7 } });
  assert.ok(result.outcome === 'done');
  assert.deepEqual([result.pair.access.expiresAt - clock.now, result.pair.refresh.expiresAt - clock.now], [7, 20]);
});

test('a code without a mini program takes that of its first caller', async () => {
  const { tokens, authorizations } = engine();
  const { authCode } = await authorizations.issue({ client, user, scopes: ['S'] }, ['S']);
  const result = await tokens.exchange(authCode, { client, app });
  assert.equal(result.outcome === 'done' && result.grant.appId, 'a1');
});

test('the pair of an access token is the one that it came with, used up or not', async () => {
  const { tokens, pair } = await issued();
  await tokens.refresh(pair.refresh.refreshToken, { client });
  assert.deepEqual((await tokens.pairOf(pair.access.accessToken))?.access, pair.access);
  assert.equal(await tokens.pairOf('none'), undefined);
});

describe('a refusal says what happened and what to do, and no secret whole', () => {
  const says = async (result: Promise<object>, secret: string, ...parts: RegExp[]) => {
    const text = JSON.stringify(await result);
    for (const part of parts) assert.match(text, part);
    assert.ok(!text.includes(secret), text);
  };

  test('of a code', async () => {
    const { tokens, authorizations, clock } = engine();
    const issue = () => authorizations.issue({ client, app, user, scopes: ['S'] }, ['S']);
    const [used, late, others] = [await issue(), await issue(), await issue()];
    await tokens.exchange(used.authCode, { client });
    await says(
      tokens.exchange(used.authCode, { client }),
      used.authCode,
      /auth-code-used/,
      /exchanged at 2026-05-01T12:00:00Z/,
      /by the client c1/,
    );
    await says(
      tokens.exchange(others.authCode, { client: { ...client, clientId: 'c2' } }),
      others.authCode,
      /auth-code-unknown/,
      /another client/,
    );
    await says(
      tokens.exchange(others.authCode, { client, app: { ...app, appId: 'a2' } }),
      others.authCode,
      /auth-code-unknown/,
      /send the appId a1/,
    );
    clock.now += 60_000;
    await says(tokens.exchange(late.authCode, { client }), late.authCode, /auth-code-expired/, /expired at 2026-05-01T12:00:01Z/);
    await says(tokens.exchange('never-was-a-code-like-it', { client }), 'never-was-a-code-like-it', /never issued/);
  });

  test('of tokens', async () => {
    const { tokens, pair, clock, grant } = await issued();
    const { accessToken, refreshToken } = { ...pair.access, ...pair.refresh };
    await says(
      tokens.access(accessToken, { client: { ...client, clientId: 'c2' } }),
      accessToken,
      /access-token-unknown/,
      /another client than c2/,
    );
    clock.now += 2500;
    await says(tokens.access(accessToken, { client }), accessToken, /access-token-expired/, /refresh it with its refreshToken/);
    await tokens.revokeGrant(grant, 'a tester');
    await says(
      tokens.access(accessToken, { client }),
      accessToken,
      /access-token-unknown/,
      /revoked at 2026-05-01T12:00:02Z by a tester/,
      /"revoked":true/,
    );
    await says(tokens.refresh(refreshToken, { client }), refreshToken, /refresh-token-unknown/, /by a tester/);
  });
});
