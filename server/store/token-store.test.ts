import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AuthCode, Grant, TokenPair } from '../engine/store.js';
import { TokenStore } from './token-store.js';

const day = 86_400_000;

function storeAt() {
  const clock = { now: 1000 };
  const held = new Set<string>();
  const store = new TokenStore({
    now: () => clock.now,
    credentials: { add: (value) => held.add(value), remove: (value) => held.delete(value) },
  });
  return { clock, held, store };
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

describe('the step that exchanges a code', () => {
  test('keeps line and pair, and marks the code', async () => {
    const { store } = storeAt();
    await store.saveAuthCode(authCode());
    assert.equal((await store.exchange('code', by, grant('l1'), pair('l1', '1'))).state, 'redeemed');
    assert.equal((await store.findAuthCode('code'))?.usedAt, 2000);
    assert.equal((await store.findAccessToken('access-1'))?.grant.grantId, 'l1');
    assert.equal((await store.latestPair('l1'))?.refresh.refreshToken, 'refresh-1');
  });

  test('keeps nothing where it refuses: unknown, stranger, other app, used, expired, in this order', async () => {
    const { store } = storeAt();
    const attempt = async (code: string, who: typeof by) => (await store.exchange(code, who, grant('l9'), pair('l9', '9'))).state;
    assert.equal(await attempt('none', by), 'unknown');
    await store.saveAuthCode(authCode({ usedAt: 1500, expiresAt: 1600 }));
    assert.equal(await attempt('code', { ...by, clientId: 'c2' }), 'other-client');
    assert.equal(await attempt('code', { ...by, appId: 'a2' }), 'other-app');
    assert.equal(await attempt('code', by), 'used');
    await store.saveAuthCode(authCode({ authCode: 'late', expiresAt: 2000 }));
    assert.equal(await attempt('late', by), 'expired', 'its last moment is over when it comes');
    assert.deepEqual(await store.grants(), []);
    assert.equal(await store.findAccessToken('access-9'), undefined);
  });
});

describe('the step that refreshes', () => {
  test('takes the token once, and may end the access token that came with it', async () => {
    const { store } = storeAt();
    await store.savePair(grant('l1'), pair('l1', '1'));
    assert.equal((await store.refresh('refresh-1', by, pair('l1', '2'), false)).state, 'redeemed');
    assert.equal((await store.findAccessToken('access-1'))?.token.expiresAt, 1000 + day);
    assert.equal((await store.refresh('refresh-1', by, pair('l1', '3'), false)).state, 'used');
    assert.equal((await store.refresh('refresh-2', by, pair('l1', '4'), true)).state, 'redeemed');
    assert.equal((await store.findAccessToken('access-2'))?.token.expiresAt, 2000);
    assert.equal((await store.latestPair('l1'))?.access.accessToken, 'access-4');
    assert.equal(await store.findRefreshToken('refresh-3'), undefined, 'a refused pair is not kept');
  });

  test('refuses strangers, and what is revoked or has expired', async () => {
    const { store } = storeAt();
    await store.savePair(grant('l1'), pair('l1', '1', 1500));
    const attempt = async (who: typeof by) => (await store.refresh('refresh-1', who, pair('l1', '2'), false)).state;
    assert.equal(await attempt({ ...by, clientId: 'c2' }), 'other-client');
    assert.equal(await attempt({ ...by, appId: 'a2' }), 'other-app');
    assert.equal(await attempt(by), 'expired');
    assert.ok(await store.revokeGrant('l1', 1200, 'a tester'));
    assert.ok(!(await store.revokeGrant('l1', 1300, 'another')));
    assert.equal(await attempt(by), 'revoked');
  });
});

describe('endings', () => {
  test('expire ends all that lives of a line, once', async () => {
    const { store } = storeAt();
    await store.savePair(grant('l1'), pair('l1', '1'));
    await store.refresh('refresh-1', by, pair('l1', '2'), false);
    await store.savePair(grant('l2'), pair('l2', '3'));
    assert.equal(await store.expireGrants(new Set(['l1']), 1100), 1);
    for (const name of ['access-1', 'access-2']) assert.equal((await store.findAccessToken(name))?.token.expiresAt, 1100);
    assert.equal((await store.findRefreshToken('refresh-2'))?.token.expiresAt, 1100);
    assert.equal((await store.findAccessToken('access-3'))?.token.expiresAt, 1000 + day);
    assert.equal(await store.expireGrants(new Set(['l1']), 1200), 0);
    assert.equal(await store.expireGrants(new Set(), 1200), 0);
  });

  test('expire ends a single token', async () => {
    const { store } = storeAt();
    await store.savePair(grant('l1'), pair('l1', '1'));
    assert.ok(await store.expireAccessToken('access-1', 1100));
    assert.ok(!(await store.expireAccessToken('access-1', 1100)));
    assert.equal((await store.findRefreshToken('refresh-1'))?.token.expiresAt, 1000 + day);
    assert.ok(await store.expireRefreshToken('refresh-1', 1100));
  });

  test('grants are found by user, by client, and by both', async () => {
    const { store } = storeAt();
    await store.savePair(grant('l1'), pair('l1', '1'));
    await store.savePair(grant('l2', { clientId: 'c2' }), pair('l2', '2'));
    await store.savePair(grant('l3', { userId: 'u2' }), pair('l3', '3'));
    const of = async (owner: Parameters<TokenStore['grantsOf']>[0]) =>
      (await store.grantsOf(owner)).map(({ grantId }) => grantId);
    assert.deepEqual(await of({ userId: 'u1' }), ['l1', 'l2']);
    assert.deepEqual(await of({ clientId: 'c1' }), ['l1', 'l3']);
    assert.deepEqual(await of({ userId: 'u1', clientId: 'c2' }), ['l2']);
    assert.deepEqual(await of({ userId: 'nobody' }), []);
  });

  test('an owner who goes takes codes, tokens and consents along, and nobody else’s', async () => {
    const { store } = storeAt();
    for (const userId of ['u1', 'u2']) {
      await store.saveAuthCode(authCode({ authCode: `code-${userId}`, userId }));
      await store.savePair(grant(`l-${userId}`, { userId }), pair(`l-${userId}`, userId));
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

  test('what has ended is told for thirty days, and then leaves with what follows', async () => {
    const { store, clock, held } = storeAt();
    await store.saveAuthCode(authCode());
    await store.exchange('code', { ...by, at: 1000 }, grant('l1'), pair('l1', '1', 1000 + day));
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
      [...held].filter((value) => /^(code|access-1|refresh-1)$/.test(value)),
      [],
    );
    assert.deepEqual(new Set(store.credentialsHeld()), held);
  });
});

describe('consents', () => {
  test('add up, and are forgotten scope by scope', async () => {
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

  test('without a mini program they are the client’s', async () => {
    const { store } = storeAt();
    await store.rememberConsent({ userId: 'u1', clientId: 'c1', scopes: { A: 1 } });
    assert.ok(await store.findConsent('u1', 'c1'));
  });
});

test('a ticket is taken once, and before it expires', async () => {
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
  assert.equal(await store.takeTicket('none', 1500), 'unknown');
  assert.equal(await store.takeTicket('t1', 1500), 'taken');
  assert.equal(await store.takeTicket('t1', 1500), 'used');
  assert.equal(await store.takeTicket('t2', 2000), 'expired');
  assert.equal((await store.findTicket('t1'))?.answeredAt, 1500);
});
