import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AuthCode, Grant, TokenPair } from '../engine/store.js';
import { MemoryStore } from './memory-store.js';

const day = 86_400_000;

function storeAt() {
  const clock = { now: 1000 };
  const credentials = new Set<string>();
  const store = new MemoryStore({
    now: () => clock.now,
    credentials: { add: (value) => credentials.add(value), remove: (value) => credentials.delete(value) },
  });
  return { clock, credentials, store };
}

const authCode = (changes: Partial<AuthCode> = {}): AuthCode => ({
  wallet: 'w',
  authCode: 'code',
  clientId: 'c1',
  appId: 'a1',
  userId: 'u1',
  scopes: ['S'],
  issuedAt: 1000,
  expiresAt: 1000 + day,
  ...changes,
});
const grant = (grantId: string, changes: Partial<Grant> = {}): Grant => ({
  wallet: 'w',
  grantId,
  clientId: 'c1',
  appId: 'a1',
  userId: 'u1',
  scopes: ['S'],
  startedAt: 1000,
  ...changes,
});
const pair = (grantId: string, name: string, expiresAt = 1000 + day): TokenPair => {
  const common = { grantId, accessToken: `access-${name}`, refreshToken: `refresh-${name}`, issuedAt: 1000, expiresAt };
  return { access: { ...common }, refresh: { ...common } };
};
const by = { clientId: 'c1', appId: 'a1', at: 2000 };

describe('exchange', () => {
  test('saves the grant and its tokens, and marks the code as used', async () => {
    const { store } = storeAt();
    await store.saveAuthCode(authCode());
    assert.equal((await store.exchange('code', by, grant('g1'), pair('g1', '1'))).state, 'redeemed');
    assert.equal((await store.findAuthCode('code'))?.usedAt, 2000);
    assert.equal((await store.findAccessToken('access-1'))?.grant.grantId, 'g1');
    assert.equal((await store.latestPair('g1'))?.refresh.refreshToken, 'refresh-1');
  });

  test('saves nothing if it refuses: unknown, other client, other app, used, expired, in this order', async () => {
    const { store } = storeAt();
    const attempt = async (code: string, who: typeof by) => (await store.exchange(code, who, grant('g9'), pair('g9', '9'))).state;
    assert.equal(await attempt('none', by), 'unknown');
    await store.saveAuthCode(authCode({ usedAt: 1500, expiresAt: 1600 }));
    assert.equal(await attempt('code', { ...by, clientId: 'c2' }), 'other-client');
    assert.equal(await attempt('code', { ...by, appId: 'a2' }), 'other-app');
    assert.equal(await attempt('code', by), 'used');
    await store.saveAuthCode(authCode({ authCode: 'late', expiresAt: 2000 }));
    assert.equal(await attempt('late', by), 'expired', 'a code is expired at its expiry time');
    assert.deepEqual(await store.grants(), []);
    assert.equal(await store.findAccessToken('access-9'), undefined);
  });
});

describe('refresh', () => {
  test('works once per refresh token, and can expire the old access token', async () => {
    const { store } = storeAt();
    await store.savePair(grant('g1'), pair('g1', '1'));
    assert.equal((await store.refresh('refresh-1', by, pair('g1', '2'), false)).state, 'redeemed');
    assert.equal((await store.findAccessToken('access-1'))?.token.expiresAt, 1000 + day);
    assert.equal((await store.refresh('refresh-1', by, pair('g1', '3'), false)).state, 'used');
    assert.equal((await store.refresh('refresh-2', by, pair('g1', '4'), true)).state, 'redeemed');
    assert.equal((await store.findAccessToken('access-2'))?.token.expiresAt, 2000);
    assert.equal((await store.latestPair('g1'))?.access.accessToken, 'access-4');
    assert.equal(await store.findRefreshToken('refresh-3'), undefined, 'a refused pair is not saved');
  });

  test('refuses other clients and apps, and revoked or expired tokens', async () => {
    const { store } = storeAt();
    await store.savePair(grant('g1'), pair('g1', '1', 1500));
    const attempt = async (who: typeof by) => (await store.refresh('refresh-1', who, pair('g1', '2'), false)).state;
    assert.equal(await attempt({ ...by, clientId: 'c2' }), 'other-client');
    assert.equal(await attempt({ ...by, appId: 'a2' }), 'other-app');
    assert.equal(await attempt(by), 'expired');
    assert.ok(await store.revokeGrant('g1', 1200, 'a tester'));
    assert.ok(!(await store.revokeGrant('g1', 1300, 'another')));
    assert.equal(await attempt(by), 'revoked');
  });
});

describe('expiry and removal', () => {
  test('expireGrants expires all live tokens of a grant, and counts the grants that had one', async () => {
    const { store } = storeAt();
    await store.savePair(grant('g1'), pair('g1', '1'));
    await store.refresh('refresh-1', by, pair('g1', '2'), false);
    await store.savePair(grant('g2'), pair('g2', '3'));
    assert.equal(await store.expireGrants(new Set(['g1']), 1100), 1);
    for (const name of ['access-1', 'access-2']) assert.equal((await store.findAccessToken(name))?.token.expiresAt, 1100);
    assert.equal((await store.findRefreshToken('refresh-2'))?.token.expiresAt, 1100);
    assert.equal((await store.findAccessToken('access-3'))?.token.expiresAt, 1000 + day);
    assert.equal(await store.expireGrants(new Set(['g1']), 1200), 0);
    assert.equal(await store.expireGrants(new Set(), 1200), 0);
  });

  test('a single token can be expired once', async () => {
    const { store } = storeAt();
    await store.savePair(grant('g1'), pair('g1', '1'));
    assert.ok(await store.expireAccessToken('access-1', 1100));
    assert.ok(!(await store.expireAccessToken('access-1', 1100)));
    assert.equal((await store.findRefreshToken('refresh-1'))?.token.expiresAt, 1000 + day);
    assert.ok(await store.expireRefreshToken('refresh-1', 1100));
  });

  test('grants are found by user, by client, and by both', async () => {
    const { store } = storeAt();
    await store.savePair(grant('g1'), pair('g1', '1'));
    await store.savePair(grant('g2', { clientId: 'c2' }), pair('g2', '2'));
    await store.savePair(grant('g3', { userId: 'u2' }), pair('g3', '3'));
    const of = async (owner: Parameters<MemoryStore['grantsOf']>[0]) =>
      (await store.grantsOf(owner)).map(({ grantId }) => grantId);
    assert.deepEqual(await of({ userId: 'u1' }), ['g1', 'g2']);
    assert.deepEqual(await of({ clientId: 'c1' }), ['g1', 'g3']);
    assert.deepEqual(await of({ userId: 'u1', clientId: 'c2' }), ['g2']);
    assert.deepEqual(await of({ userId: 'nobody' }), []);
  });

  test('forgetOwner removes the codes, tokens and consents of the owner only', async () => {
    const { store } = storeAt();
    for (const userId of ['u1', 'u2']) {
      await store.saveAuthCode(authCode({ authCode: `code-${userId}`, userId }));
      await store.savePair(grant(`g-${userId}`, { userId }), pair(`g-${userId}`, userId));
      await store.rememberConsent({ userId, clientId: 'c1', appId: 'a1', scopes: { S: 1 } });
    }
    await store.forgetOwner({ userId: 'u1' });
    assert.equal(await store.findAuthCode('code-u1'), undefined);
    assert.equal(await store.findAccessToken('access-u1'), undefined);
    assert.equal(await store.findConsent('u1', 'a1'), undefined);
    assert.ok(
      (await store.findAuthCode('code-u2')) &&
        (await store.findAccessToken('access-u2')) &&
        (await store.findConsent('u2', 'a1')),
    );
    await store.forgetOwner({ userId: 'u2', clientId: 'another' });
    assert.ok((await store.findAuthCode('code-u2')) && (await store.findConsent('u2', 'a1')));
    await store.forgetOwner({ clientId: 'c1' });
    assert.equal(await store.findAuthCode('code-u2'), undefined);
  });

  test('ended entries are found for thirty days, and later inserts remove them', async () => {
    const { store, clock, credentials } = storeAt();
    await store.saveAuthCode(authCode());
    await store.exchange('code', { ...by, at: 1000 }, grant('g1'), pair('g1', '1', 1000 + day));
    const others = async (name: string) => {
      for (let index = 0; index < 10; index++) {
        const grantId = `${name}${index}`;
        await store.saveAuthCode(authCode({ authCode: grantId, expiresAt: clock.now + day }));
        await store.savePair(grant(grantId), pair(grantId, grantId, clock.now + day));
      }
    };
    clock.now = 999 + 30 * day;
    await others('x');
    assert.ok(await store.findAuthCode('code'));
    clock.now = 1000 + 31 * day;
    await others('y');
    assert.equal(await store.findAuthCode('code'), undefined);
    assert.equal(await store.findAccessToken('access-1'), undefined);
    assert.deepEqual(
      [...credentials].filter((value) => /^(code|access-1|refresh-1)$/.test(value)),
      [],
    );
    assert.deepEqual(new Set(store.credentials()), credentials);
  });
});

describe('consents', () => {
  test('gain scopes, and lose them one by one', async () => {
    const { store } = storeAt();
    const consent = { userId: 'u1', clientId: 'c1', appId: 'a1' };
    await store.rememberConsent({ ...consent, scopes: { A: 1 } });
    await store.rememberConsent({ ...consent, scopes: { B: 2 } });
    assert.deepEqual((await store.findConsent('u1', 'a1'))?.scopes, { A: 1, B: 2 });
    assert.ok(await store.forgetConsent('u1', 'a1', ['A', 'C']));
    assert.deepEqual((await store.findConsent('u1', 'a1'))?.scopes, { B: 2 });
    assert.ok(await store.forgetConsent('u1', 'a1'));
    assert.deepEqual(await store.consents(), []);
    assert.ok(!(await store.forgetConsent('u1', 'a1')));
  });

  test('belong to the client if there is no mini program', async () => {
    const { store } = storeAt();
    await store.rememberConsent({ userId: 'u1', clientId: 'c1', scopes: { A: 1 } });
    assert.ok(await store.findConsent('u1', 'c1'));
  });
});

test('a ticket can be taken once, and only before it expires', async () => {
  const { store } = storeAt();
  const ticket = {
    screen: 'consent' as const,
    wallet: 'w',
    name: 'getAuthCode',
    clientId: 'c1',
    scopes: [],
    ancestors: [],
    findings: [],
    issuedAt: 1000,
    expiresAt: 2000,
  };
  for (const ticketId of ['t1', 't2']) await store.saveTicket({ ...ticket, ticketId });
  assert.equal(await store.redeemTicket('none', 1500), 'unknown');
  assert.equal(await store.redeemTicket('t1', 1500), 'redeemed');
  assert.equal(await store.redeemTicket('t1', 1500), 'used');
  assert.equal(await store.redeemTicket('t2', 2000), 'expired');
  assert.equal((await store.findTicket('t1'))?.answeredAt, 1500);
});
