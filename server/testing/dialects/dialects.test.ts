import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { aurora, emulatorForFile, faro, hours } from '../emulator.js';
import { privateKey, type SignatureEncoding } from '../merchant.js';
import { type DialectAnswer, DialectWorld, noon } from './dialect-world.js';
import { dialects } from './dialects.js';

const emulator = await emulatorForFile();
const otherKey = privateKey('demo-merchant.private.pem');

for (const dialect of dialects) {
  const { codes, paths } = dialect;
  const open = () => DialectWorld.open(emulator, dialect);
  const assertCode = (answer: DialectAnswer, code: string, names?: RegExp) => {
    assert.equal(answer.code, code, `${answer.sent.path}: ${answer.message}`);
    if (names) assert.match(answer.message, names);
  };
  const [applyToken = '', userInfo = ''] = [paths.applyToken[0], paths.userInfo[0]];

  describe(dialect.wallet, () => {
    test('exchanges a code on each path', async () => {
      const world = await open();
      for (const path of paths.applyToken) {
        const answer = await world.exchange(await world.code(), { path });
        assertCode(answer, codes.done);
        const { accessToken, refreshToken, result, ...others } = answer.body;
        const { lifetimes } = dialect;
        assert.deepEqual(others, {
          accessTokenExpiryTime: world.time(noon + hours(24 * lifetimes.accessToken)),
          refreshTokenExpiryTime: world.time(noon + hours(24 * lifetimes.refreshToken)),
          [dialect.customer]: dialect.userId,
        });
        assert.equal(result.resultStatus, 'S');
        for (const token of [accessToken, refreshToken]) {
          if (dialect.tokens === 'jwt') assert.match(token, /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/);
          else assert.match(token, /^2810\w{20,124}$/);
        }
      }
    });

    test('answers with the client, time form and encoding of the request, and headers in lower case', async () => {
      const world = await open();
      for (const encoding of ['percent', 'plain', 'base64url'] as SignatureEncoding[]) {
        const answer = await world.exchange(await world.code(), { encoding });
        assertCode(answer, codes.done);
        assert.equal(answer.encoding, encoding);
        assert.equal(answer.headers['client-id'], faro.clientId);
        assert.equal(answer.headers['response-time'], world.time(noon));
        for (const name of ['client-id', 'response-time', 'signature'])
          assert.ok(
            answer.lines.some((line) => line.startsWith(`${name}: `)),
            name,
          );
      }
      const unsigned = await world.exchange('none', { unsigned: true });
      assertCode(unsigned, codes.signature, /Signature is missing/);
      assert.equal(unsigned.encoding, dialect.signs.encoding, 'the default encoding, because the request has no signature');
    });

    test('accepts a code once, from its client, before it expires', async () => {
      const world = await open();
      const used = await world.code();
      assertCode(await world.exchange(used), codes.done);
      assertCode(await world.exchange(used), codes.codeUsed, /exchanged at 2026-03-01T12:00:00Z/);
      assertCode(await world.exchange('2810110000'), codes.codeUnknown, /does not exist/);
      assertCode(await world.exchange(await world.code(['USER_ID'], aurora)), codes.codeUnknown, /another client/);
      const late = await world.code();
      await world.advance('P1D');
      assertCode(await world.exchange(late), codes.codeExpired, /expired at 2026-03-02T12:00:00Z/);
      assertCode(await world.exchange('1'.repeat(dialect.longestCode)), codes.codeUnknown);
      assertCode(await world.exchange('1'.repeat(dialect.longestCode + 1)), codes.parameter, /^authCode is too long/);
    });

    test('accepts a refresh token once, before it expires', async () => {
      const world = await open();
      const first = await world.tokens();
      const second = await world.refresh(first.refreshToken);
      assertCode(second, codes.done);
      assert.equal(second.body[dialect.customer], dialect.userId);
      assertCode(await world.refresh(first.refreshToken), codes.refreshUsed);
      assertCode(await world.refresh('2810100400'), codes.refreshUnknown, /does not exist/);
      assertCode(await world.userInfo(first.accessToken), codes.done);
      await world.advance(`P${dialect.lifetimes.refreshToken}D`);
      assertCode(await world.refresh(second.body.refreshToken), codes.refreshExpired);
    });

    test('reads the user with a live access token on each path', async () => {
      const world = await open();
      const { scopes, expect, flat } = dialect.reads;
      const { accessToken } = await world.tokens(scopes);
      const user = await world.user();
      for (const path of paths.userInfo) {
        const answer = await world.userInfo(accessToken, path);
        assertCode(answer, codes.done);
        const { result: _, ...read } = answer.body;
        assert.deepEqual(read, flat ? expect(user, emulator.url) : { userInfo: expect(user, emulator.url) });
      }
      assertCode(await world.userInfo('2810100300'), codes.accessUnknown, /does not exist/);
      await world.advance(`PT${dialect.lifetimes.accessToken * 24}H`);
      assertCode(await world.userInfo(accessToken), codes.accessExpired, /expired at/);
    });

    test('reads only the userId of a user without other data', async () => {
      const world = await open();
      await world.control('PUT', 'settings', { user: '1000001119398804016' });
      const { accessToken } = await world.tokens(dialect.reads.scopes);
      const { result: _, ...read } = (await world.userInfo(accessToken)).body;
      assert.deepEqual(read.userInfo ?? read, { userId: '1000001119398804016' });
    });

    if (paths.revoke.length > 0) {
      test('revokes both tokens on each path', async () => {
        const world = await open();
        for (const path of paths.revoke) {
          const { accessToken, refreshToken } = await world.tokens();
          const revoked = await world.revoke(accessToken, path);
          assertCode(revoked, codes.done);
          assert.deepEqual(Object.keys(revoked.body), ['result']);
          assertCode(await world.userInfo(accessToken), codes.accessUnknown, /was revoked at 2026-03-01T12:00:00Z/);
          assertCode(await world.refresh(refreshToken), codes.refreshUnknown, /was revoked/);
          assertCode(await world.revoke(accessToken, path), codes.accessUnknown);
        }
      });
    }

    test('reads basic info without extendInfo, and exchanges and reads in one call, if it has these paths', async () => {
      const world = await open();
      const { accessToken } = await world.tokens(['USER_ID', 'USER_NICKNAME']);
      for (const path of paths.basicInfo ?? []) assert.doesNotMatch((await world.userInfo(accessToken, path)).text, /extendInfo/);
      for (const path of paths.both ?? []) {
        const { body } = await world.exchange(await world.code(['USER_ID', 'USER_NICKNAME']), { path });
        assert.deepEqual(Object.keys(body), [
          ...[
            'result',
            'accessToken',
            'accessTokenExpiryTime',
            'refreshToken',
            'refreshTokenExpiryTime',
            'customerId',
            'userInfo',
          ],
        ]);
        assert.equal(body.userInfo.userId, dialect.userId);
      }
    });

    test('rejects a signature by another key, a signature of other content, and a missing signature', async () => {
      const world = await open();
      const authCode = await world.code();
      assertCode(await world.exchange(authCode, { key: otherKey }), codes.signature, new RegExp(aurora.clientId));
      assertCode(await world.exchange(authCode, { headers: { 'Request-Time': world.time(noon + 1000) } }), codes.signature);
      if (dialect.requestId)
        assertCode(await world.exchange(authCode, { headers: { 'Request-Id': 'another' } }), codes.signature);
      assertCode(await world.exchange(authCode, { unsigned: true }), codes.signature);
      assertCode(await world.exchange(authCode), codes.done, undefined);
    });

    test('rejects a missing or wrong header', async () => {
      const world = await open();
      const header = (headers: Record<string, string | undefined>) => world.exchange('none', { headers });
      assertCode(await header({ 'Client-Id': undefined }), codes.client, /Client-Id is missing/);
      assertCode(await header({ 'Client-Id': '209999999999999999999999' }), codes.client, /the client 2099\d+ does not exist/);
      const timeless = await header({ 'Request-Time': undefined });
      assertCode(timeless, codes.parameter, /Request-Time is missing/);
      assert.equal(timeless.headers['response-time'], world.time(noon), 'in the default form, because the call shows none');
      assertCode(await header({ 'Request-Time': 'yesterday' }), codes.parameter, /Request-Time is "yesterday"/);
      if (dialect.requestId) assertCode(await header({ 'Request-Id': undefined }), codes.parameter, /Request-Id is missing/);
      assertCode(await header({ 'Content-Type': 'text/plain' }), codes.mediaType);
    });

    test('rejects paths of similar wallets, and other methods', async () => {
      const world = await open();
      for (const path of [...dialect.foreign, '/', '/nothing'])
        assertCode(await world.exchange('none', { path }), codes.path, new RegExp(dialect.wallet));
      for (const method of ['GET', 'PUT', 'DELETE'])
        assertCode(await world.exchange('none', { method, ...(method === 'GET' && { body: '' }) }), codes.method);
    });

    test('rejects wrong fields in the body', async () => {
      const world = await open();
      const body = (more: object) => world.exchange('2810110000', { more });
      assertCode(await body({ appId: aurora.appId }), codes.app, /another client's/);
      assertCode(await body({ appId: '3333019999999999999' }), codes.app, /is unknown/);
      assertCode(
        await body({ [dialect.authClient ?? 'authClientId']: aurora.clientId }),
        codes.otherClient,
        new RegExp(faro.clientId),
      );
      assertCode(await body({ grantType: 'PASSWORD' }), codes.parameter, /^grantType is "PASSWORD"/);
      assertCode(await body({ grantType: undefined }), codes.parameter, /^grantType is missing/);
      assertCode(await body({ authCode: undefined }), codes.parameter, /^authCode is missing/);
      assertCode(await body({ authCode: 'a#b' }), codes.parameter, /forbidden character/);
      assertCode(await world.call(userInfo, {}), codes.parameter, /^accessToken is missing/);
      assertCode(await world.call(applyToken, {}, { body: '{' }), codes.parameter, /not JSON/);
      for (const extendInfo of ['{"customerBelongsTo":"SITE"}', { customerBelongsTo: 'SITE' }]) {
        assertCode(await world.exchange(await world.code(), { more: { extendInfo } }), codes.done);
      }
    });

    test('accepts the second id of a client, and rejects suspended clients, too many calls and forbidden grant types', async () => {
      const world = await open();
      const client = (changes: object) => world.control('PATCH', `clients/${faro.clientId}`, changes);
      const field = dialect.authClient ?? 'authClientId';
      await client({ referenceClientId: '2188120000000001' });
      assertCode(await world.exchange(await world.code(), { more: { [field]: '2188120000000001' } }), codes.done);
      await client({ agentTokens: [{ token: 'old', expiryTime: '2026-01-01T00:00:00Z' }] });
      assertCode(await world.exchange('none', { headers: { 'Agent-Token': 'new' } }), codes.agentUnknown);
      assertCode(await world.exchange('none', { headers: { 'Agent-Token': 'old' } }), codes.agentExpired);
      const { refreshToken } = await world.tokens();
      await client({ grantTypes: ['AUTHORIZATION_CODE'] });
      assertCode(await world.refresh(refreshToken), codes.grantType);
      await client({ status: 'SUSPENDED' });
      assertCode(await world.exchange('none'), codes.suspended, /suspended/);
      await client({ status: 'ACTIVE', rateLimit: { max: 0, per: 'PT1M' } });
      assertCode(await world.exchange('none'), codes.traffic, /2026-03-01T12:01:00Z/);
    });

    test('asks for some scopes and grants others silently', async () => {
      const world = await open();
      await world.control('PUT', 'settings', { consent: 'deny' });
      const { silent, asked } = dialect;
      const scopes = [...silent, ...asked];
      const { authSuccessScopes, authErrorScopes } = await world.control('POST', 'auth-codes', {
        clientId: faro.clientId,
        scopes: [...scopes, 'NO_SUCH'],
      });
      assert.deepEqual(authSuccessScopes, silent);
      assert.deepEqual(authErrorScopes, { NO_SUCH: '40006', ...Object.fromEntries(asked.map((scope) => [scope, '10001'])) });
    });

    const actionScope = dialect.asked.find((scope) => ['AGREEMENT_PAY', 'SEND_MESSAGE'].includes(scope));
    if (actionScope !== undefined) {
      test('rejects reading the user with a token whose scopes read nothing', async () => {
        const world = await open();
        const { accessToken } = await world.tokens([actionScope]);
        assertCode(await world.userInfo(accessToken), codes.denied);
      });
    }

    if (dialect.tokens === 'jwt') {
      test('issues tokens that the public keys verify, with user, client and scopes', async () => {
        const world = await open();
        const { accessToken, refreshToken } = await world.tokens(['USER_ID', 'USER_NICKNAME']);
        const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', emulator.url));
        const { payload } = await jwtVerify(accessToken, keys, {
          issuer: emulator.url,
          audience: faro.clientId,
          currentDate: new Date(noon),
        });
        const { jti, ...claims } = payload;
        assert.equal(typeof jti, 'string');
        assert.deepEqual(claims, {
          ...{ iss: emulator.url, sub: dialect.userId, aud: faro.clientId, client_id: faro.clientId, app_id: faro.appId },
          ...{ scope: 'USER_ID USER_NICKNAME', token_use: 'access', iat: noon / 1000, exp: noon / 1000 + 7200 },
        });
        await assert.rejects(jwtVerify(accessToken, keys, { currentDate: new Date(noon + hours(2)) }), /exp/);
        assert.equal((await jwtVerify(refreshToken, keys, { currentDate: new Date(noon) })).payload.token_use, 'refresh');
      });
    }
  });
}
