import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { JournalEntry } from '../journal/entry.js';
import { DialectWorld, noon } from '../testing/dialects/dialect-world.js';
import { dialectOf } from '../testing/dialects/dialects.js';
import { emulatorForFile, faro, openTestEmulator, scratchFolder, users } from '../testing/emulator.js';
import { privateKey } from '../testing/merchant.js';
import { MerchantServer } from '../testing/merchant-server.js';
import { submitConsent } from '../testing/mini-program.js';
import { inEnglish, inLanguage } from '../texts/write-text.js';

const emulator = await emulatorForFile();
const path = '/ams/api/v1/authorizations/consult';

async function open({ notifyUrl = true, wallet = 'alipay-plus', by = emulator } = {}) {
  const world = await DialectWorld.open(by, dialectOf(wallet));
  const merchant = await MerchantServer.open();
  if (notifyUrl) await world.control('PATCH', `clients/${faro.clientId}`, { notifyUrl: `${merchant.url}/notify` });
  /** Waits for this many notifications in the journal. @returns them, oldest first */
  // biome-ignore lint/suspicious/noExplicitAny: the journal's
  const tries = async (count: number): Promise<any[]> =>
    (await world.control('POST', 'journal/wait', { match: { kind: 'notification' }, count })).entries.toReversed();
  return { world, merchant, tries };
}

/** Causes exactly one notification: a code is issued, and never exchanged. */
async function oneNotification(...next: MerchantServer['next']) {
  const opened = await open();
  opened.merchant.next.push(...next);
  await opened.world.code();
  return opened;
}

describe('a notification', () => {
  test('is sent for a code, for tokens and for a revocation, to the address given to consult', async () => {
    const { world, merchant, tries } = await open();
    const asked = await MerchantServer.open();
    const fields = {
      ...{ customerBelongsTo: 'GCASH', authClientId: faro.clientId, authRedirectUrl: 'http://localhost:3000/callback' },
      ...{ scopes: ['USER_LOGIN_ID'], authState: 'my-state', terminalType: 'WAP', authNotifyUrl: `${asked.url}/told?x=1` },
    };
    const { body } = await world.call(path, fields);
    const answer = await submitConsent(body.authUrl, 'allow', ['USER_LOGIN_ID']);
    const authCode = new URL(answer.headers.get('location') as string).searchParams.get('authCode') as string;
    await tries(1);
    const { accessToken } = (await world.exchange(authCode)).body;
    await tries(2);
    await world.revoke(accessToken);
    const entries = await tries(3);
    const [{ authorizationId }] = (await world.control('GET', 'authorizations')).authorizations;
    for (const entry of entries) assert.equal(entry.authorizationId, authorizationId);

    const about = { authClientId: faro.clientId };
    const user = { userId: '1000001119398804021', userLoginId: '+65****0142' };
    assert.deepEqual(
      asked.notifications.map((notification) => notification.body),
      [
        { authorizationNotifyType: 'AUTHCODE_CREATED', ...about, authCode, authState: 'my-state' },
        { authorizationNotifyType: 'TOKEN_CREATED', ...about, accessToken, ...user },
        {
          authorizationNotifyType: 'TOKEN_CANCELED',
          ...about,
          accessToken,
          userId: user.userId,
          reason: `revoked by the client ${faro.clientId}`,
        },
      ],
    );
    assert.equal(merchant.notifications.length, 0);
    for (const { headers, verified } of asked.notifications) {
      assert.ok(verified);
      assert.equal(headers['client-id'], faro.clientId);
      assert.equal(headers['request-time'], world.time(noon));
      assert.equal(headers['content-type'], 'application/json; charset=UTF-8');
    }
    assert.deepEqual(
      entries.map(({ operation }) => operation),
      ['auth-code-created', 'token-created', 'token-canceled'],
    );
    for (const entry of entries) {
      const { status, resultStatus, reason, clientId, userId, signature } = entry;
      assert.deepEqual([status, resultStatus, reason], [200, 'S', 'try 1: the merchant accepted it']);
      assert.deepEqual([clientId, userId, entry.path], [faro.clientId, user.userId, fields.authNotifyUrl]);
      assert.deepEqual(signature, { mode: 'required', verified: true, mistakes: [] });
      assert.doesNotMatch(JSON.stringify(entry), new RegExp(`${authCode}|${accessToken}`), 'codes and tokens are shortened');
    }
  });

  test('is signed by the platform, over the path and the query of the address', async () => {
    for (const target of ['/notify', '/notify?m=1&n=%20', '/?m=1']) {
      const { world, merchant, tries } = await open();
      await world.control('PATCH', `clients/${faro.clientId}`, { notifyUrl: merchant.url + target });
      merchant.next.push((response, request) => merchant.respond(response, request, { path: target.split('?')[0] as string }));
      await world.code();
      await world.code();
      assert.deepEqual(
        (await tries(2)).map(({ reason, signature }) => [reason, signature.verified]),
        [1, 2].map(() => ['try 1: the merchant accepted it', true]),
        'an answer is signed over the path alone, or over the path and the query',
      );
      assert.deepEqual(
        merchant.notifications.map(({ path, verified }) => [path, verified]),
        [1, 2].map(() => [target, true]),
      );
    }
  });

  test('carries the secondary merchant of the authorization, or else the client', async () => {
    const { world, merchant, tries } = await open();
    for (const [count, authClientId] of [undefined, 'SM_0001'].entries()) {
      const { body } = await world.call(path, {
        ...{ customerBelongsTo: 'ALIPAY_CN', authClientId, authRedirectUrl: 'http://localhost:3000/callback' },
        ...{ scopes: ['AGREEMENT_PAY'], authState: 's', terminalType: 'APP' },
      });
      const answer = await submitConsent(body.authUrl, 'allow', ['AGREEMENT_PAY']);
      const authCode = new URL(answer.headers.get('location') as string).searchParams.get('authCode') as string;
      const { accessToken } = (await world.exchange(authCode)).body;
      await world.revoke(accessToken);
      await tries(3 * (count + 1));
    }
    assert.deepEqual(
      merchant.notifications.map(({ headers, body }) => [headers['client-id'], body.authClientId]),
      [faro.clientId, 'SM_0001'].flatMap((id) => Array.from({ length: 3 }, () => [faro.clientId, id])),
    );
  });

  test('is sent when a tester revokes tokens, and not for a refresh', async () => {
    const { world, merchant, tries } = await open();
    await world.tokens();
    await tries(2);
    await world.control('POST', 'tokens/revoke', { clientId: faro.clientId, userId: '1000001119398804021' });
    await tries(3);
    assert.deepEqual(
      merchant.notifications.map(({ body }) => body.authorizationNotifyType),
      ['AUTHCODE_CREATED', 'TOKEN_CREATED', 'TOKEN_CANCELED'],
    );
    assert.equal((await world.refresh((await world.tokens()).refreshToken)).code, 'SUCCESS');
    await tries(5);
    assert.equal(merchant.notifications.length, 5, 'a refresh sends nothing');
  });
});

describe('retries until the merchant answers S', () => {
  const wrongKey = privateKey('demo-merchant.private.pem');

  test('come after growing delays, by the emulator’s clock', async () => {
    const { world, merchant, tries } = await oneNotification(
      ...Array.from({ length: 20 }, () => (response: ServerResponse) => void response.writeHead(503).end()),
    );
    for (const [index, minutes] of [1, 2, 10, 30, 60, 360, 900].entries()) {
      const last = (await tries(index + 1)).at(-1);
      assert.equal(
        last.reason,
        `try ${index + 1}: the merchant answered HTTP 503: expected 200; the next try is due in ${minutes} min of the emulator's time`,
      );
      await world.advance(`PT${minutes * 60 - 1}S`);
      assert.equal(merchant.notifications.length, index + 1, 'not before its time');
      await world.advance('PT1S');
    }
    assert.match((await tries(8)).at(-1).reason, /^try 8: .*; this was the last try$/);
    await world.advance('P30D');
    assert.equal(merchant.notifications.length, 8);
    assert.equal(new Set(merchant.notifications.map(({ body }) => JSON.stringify(body))).size, 1, 'the same body each time');
  });

  test('come after an answer that is F, not JSON or not 200', async () => {
    const opened = await open();
    const { world, merchant, tries } = opened;
    merchant.next.push(
      (response, request) => merchant.respond(response, request, { status: 'F' }),
      (response) => response.end('success'),
      (response) => response.writeHead(204).end(),
    );
    await world.code();
    const reasons = [/says F: expected/, /has no result.resultStatus/, /HTTP 204: expected 200/, /the merchant accepted it/];
    for (const [index, reason] of reasons.entries()) {
      assert.match((await tries(index + 1)).at(-1).reason, reason);
      await world.advance('PT15H');
    }
    await world.advance('P30D');
    assert.equal(merchant.notifications.length, 4, 'none after S');
    assert.deepEqual(
      (await tries(4)).map(({ resultStatus }) => resultStatus),
      ['F', 'F', 'F', 'S'],
    );
  });

  test('do not come after an S that is unsigned or wrongly signed; a wrong signature is noted', async () => {
    for (const signature of ['required', 'optional', 'off']) {
      const { world, merchant, tries } = await open();
      await world.control('PATCH', `clients/${faro.clientId}`, { signature });
      merchant.next.push(
        (response, request) => merchant.respond(response, request, { signed: false }),
        (response, request) => merchant.respond(response, request, { key: wrongKey }),
      );
      await world.code();
      await tries(1);
      await world.code();
      const entries = await tries(2);
      assert.deepEqual(
        entries.map(({ resultStatus, signature: { verified } }) => [resultStatus, verified]),
        [
          ['S', null],
          ['S', signature === 'off' ? null : false],
        ],
        signature,
      );
      assert.equal(entries[0].reason, 'try 1: the merchant accepted it');
      const noted = '; its answer has a signature that does not verify (an answer need not be signed)';
      assert.equal(entries[1].reason, `try 1: the merchant accepted it${signature === 'off' ? '' : noted}`);
      await world.advance('P30D');
      assert.equal(merchant.notifications.length, 2);
    }
  });
});

test('what is not delivered survives a stop: a retry keeps its time, and what was on its way is sent again', async () => {
  const data = scratchFolder();
  let own = await openTestEmulator({ data });
  const { world, merchant, tries } = await open({ by: own });
  merchant.next.push((response) => response.writeHead(503).end());
  await world.code();
  await tries(1);
  const onItsWay = new Promise<void>((resolve) => merchant.next.push(() => resolve()));
  await world.code();
  await onItsWay;
  await own.close();

  own = await openTestEmulator({ data });
  const { journal, clock } = own.tenants.get(world.tenant);
  const reasons = async (count: number) => {
    const { entries = [] } = (await journal.wait({ kind: 'notification' }, count, 60_000)) as { entries?: JournalEntry[] };
    return entries.map(({ reason }) => inEnglish(reason));
  };
  assert.deepEqual(await reasons(1), ['try 1: the merchant accepted it']);
  assert.equal(merchant.notifications.length, 3, 'the retry is not due yet');
  clock.advance(60_000);
  assert.deepEqual(await reasons(2), ['try 2: the merchant accepted it', 'try 1: the merchant accepted it']);
  await own.close();
  assert.equal(merchant.notifications.length, 4);
  const bodies = merchant.notifications.map(({ body }) => body.authCode);
  assert.deepEqual([bodies[3], bodies[2]], [bodies[0], bodies[1]]);
});

test('one that a merchant accepted while the disk refused writes is sent once, and recorded when the disk works again', async () => {
  const data = scratchFolder();
  const own = await openTestEmulator({ data });
  const { world, merchant } = await open({ by: own });
  const refused = new Promise<void>((resolve) =>
    merchant.next.push((response, request) => {
      breakLogs(data);
      merchant.respond(response, request);
      resolve();
    }),
  );
  await world.code();
  await refused;
  const { journal, store } = own.tenants.get(world.tenant);
  const isRecorded = () =>
    logsIn(data).some((log) => readFileSync(log, 'utf8').includes(`["notifications","${notificationId}",null]`));
  const [notificationId] = store.notifications.all().map((stored) => stored.notificationId);
  while (store.notifications.size > 0) await nextTurn();
  await assert.rejects(world.control('GET', 'settings'), /cannot be stored|not be written/);
  assert.deepEqual(journal.list({ kind: 'notification' }, 1), []);
  mendLogs(data);
  const { entries = [] } = (await journal.wait({ kind: 'notification' }, 1, 60_000)) as { entries?: JournalEntry[] };
  assert.deepEqual(
    entries.map(({ reason }) => inEnglish(reason)),
    ['try 1: the merchant accepted it'],
  );
  assert.ok(isRecorded());
  await own.close();
  assert.equal(merchant.notifications.length, 1);
});

describe('a merchant that', () => {
  const unreachable: Record<string, [MerchantServer['next'][number], RegExp]> = {
    'closes the connection': [
      (response) => response.destroy(),
      /could not be reached: .* perhaps the port serves HTTPS \(ECONNRESET\)/,
    ],
    redirects: [(response) => response.writeHead(307, { Location: '/elsewhere' }).end(), /HTTP 307: expected 200/],
    'answers megabytes': [(response) => response.writeHead(200).end(Buffer.alloc(4 * 1024 * 1024, 'x')), /longer than 64 KiB/],
    'answers megabytes, compressed': [
      (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(4 * 1024 * 1024))),
      /longer than 64 KiB/,
    ],
    'says gzip and sends plain text': [
      (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('success'),
      /could not be reached: the answer is not compressed as its header Content-Encoding says \(Z_DATA_ERROR\)/,
    ],
    'never ends its answer': [endless, /longer than 64 KiB/],
  };
  for (const [how, [answer, reason]] of Object.entries(unreachable)) {
    test(`${how} gets a retry`, async () => {
      const { world, merchant, tries } = await oneNotification(answer);
      assert.match((await tries(1)).at(-1).reason, reason);
      await world.advance('PT1M');
      assert.match((await tries(2)).at(-1).reason, /^try 2: the merchant accepted it$/);
      assert.deepEqual(
        merchant.notifications.map((notification) => notification.path),
        ['/notify', '/notify'],
      );
      assert.equal((await world.exchange(await world.code())).code, 'SUCCESS');
    });
  }

  test('is not there gets a retry', async () => {
    const { world, tries } = await open();
    await world.control('PATCH', `clients/${faro.clientId}`, { notifyUrl: 'http://127.0.0.1:1/' });
    await world.code();
    const { id, reason } = (await tries(1)).at(-1);
    assert.match(reason, /could not be reached: the connection to 127\.0\.0\.1:1 was refused \(ECONNREFUSED\)/);
    const told = emulator.tenants.get(world.tenant).journal.get(id);
    assert.match(
      told === undefined ? '' : inLanguage(told.reason, 'es'),
      /no se pudo llegar al comercio: se rechazó la conexión con 127\.0\.0\.1:1 \(ECONNREFUSED\)/,
    );
  });

  test('gets nothing that was still waiting when its tenant was reset', async () => {
    const { world, merchant, tries } = await open();
    const held: [ServerResponse, Parameters<MerchantServer['respond']>[1]][] = [];
    const allHeld = new Promise<void>((resolve) => {
      for (let index = 0; index < 4; index++)
        merchant.next.push((response, request) => {
          if (held.push([response, request]) === 4) resolve();
        });
    });
    for (let index = 0; index < 12; index++) await world.code();
    await allHeld;
    await world.control('POST', 'reset');
    for (const [response, request] of held) merchant.respond(response, request);
    await world.control('PUT', 'settings', { wallet: 'alipay-plus' });
    await world.control('PATCH', `clients/${faro.clientId}`, { notifyUrl: `${merchant.url}/after-reset` });
    await world.code();
    await tries(1);
    assert.deepEqual(
      merchant.notifications.map((notification) => notification.path),
      ['/notify', '/notify', '/notify', '/notify', '/after-reset'],
    );
  });

  test('hangs delays neither other merchants nor the emulator’s close', async () => {
    const own = await openTestEmulator();
    const { world: hung, merchant: hanging } = await open({ by: own });
    hanging.next.push(...Array.from({ length: 40 }, () => () => {}));
    for (let count = 0; count < 40; count++) await hung.code();
    const { world, tries } = await open({ by: own });
    await world.code();
    assert.equal((await tries(1)).at(-1).resultStatus, 'S');
    assert.ok(hanging.notifications.length <= 4);
    const began = performance.now();
    await own.close();
    assert.ok(performance.now() - began < 2000);
  });
});

describe('nothing is sent', () => {
  test('without a notifyUrl', async () => {
    const { world } = await open({ notifyUrl: false });
    await world.tokens();
    assert.deepEqual((await world.control('GET', 'journal?kind=notification')).entries, []);
  });

  test('by a wallet that has no notifications', async () => {
    const { world, merchant } = await open({ wallet: 'platform-v2' });
    await world.revoke((await world.tokens()).accessToken);
    assert.deepEqual((await world.control('GET', 'journal?kind=notification')).entries, []);
    assert.equal(merchant.notifications.length, 0);
  });

  test('to an address that is neither http nor https', async () => {
    const { world } = await open({ notifyUrl: false });
    for (const notifyUrl of ['ftp://127.0.0.1/x', 'file:///etc/passwd', 'javascript:alert(1)', 'nowhere']) {
      await assert.rejects(world.control('PATCH', `clients/${faro.clientId}`, { notifyUrl }), /notifyUrl/);
      const heard = await world.call(path, {
        ...{ customerBelongsTo: 'GCASH', authClientId: faro.clientId, authRedirectUrl: 'http://localhost:3000/callback' },
        ...{ scopes: ['BASE_USER_INFO'], authState: 's', terminalType: 'WEB', authNotifyUrl: notifyUrl },
      });
      assert.equal(heard.code, 'PARAM_ILLEGAL');
      assert.match(heard.message, /^authNotifyUrl is .*: expected an http or https URL/);
    }
  });

  test('if the user refused', async () => {
    const { world, merchant } = await open();
    await world.control('POST', 'auth-codes', { clientId: faro.clientId, userId: users.harriet, scopes: ['USER_NICKNAME'] });
    assert.equal(merchant.notifications.length, 0);
    assert.deepEqual((await world.control('GET', 'journal?kind=notification')).entries, []);
  });
});

function endless(response: ServerResponse): void {
  response.writeHead(200);
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(16 * 1024, 'x')));
  };
  response.on('drain', more);
  more();
}

/** The logs of changes in a data folder. */
function logsIn(data: string): string[] {
  return readdirSync(data, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.jsonl'))
    .map((path) => join(data, path));
}

/** Nothing can be written any more: a folder is in the place of each log. */
function breakLogs(data: string): void {
  for (const log of logsIn(data)) {
    renameSync(log, `${log}.whole`);
    mkdirSync(log);
  }
}

function mendLogs(data: string): void {
  for (const log of logsIn(data)) {
    rmdirSync(log);
    renameSync(`${log}.whole`, log);
  }
}
