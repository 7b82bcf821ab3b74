import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { JournalEntry } from '../journal/entry.js';
import { aurora, emulatorForFile, faro, newWorld, scratchFolder } from '../testing/emulator.js';
import { type CallOptions, privateKey } from '../testing/merchant.js';
import { writeProfile } from '../testing/profile.js';
import { inEnglish } from '../texts/write-text.js';

const fixtures = scratchFolder();
const emulator = await emulatorForFile({ fixtures });
writeProfile(join(fixtures, 'wallets'), 'prefixed', (source) => {
  source.prefixes = ['/api/open'];
});
const path = '/v2/users/inquiryUserInfo';
const body = { accessToken: 'nothing-like-it', appId: faro.appId, extendInfo: 'https://example.com/a' };

type Content = NonNullable<CallOptions['content']>;
const content = (make: Content): CallOptions => ({ content: make });
/** Signs another body than the one that is sent. */
const otherBody = (make: (value: Record<string, unknown>) => string) =>
  content(
    ({ path: signed, clientId, time, body: sent }) => `POST ${signed}\n${clientId}.${time}.${make(JSON.parse(sent.toString()))}`,
  );
/** Sends characters that libraries escape, and signs another text. */
const otherText = (change: (text: string) => string) => ({
  sent: { accessToken: 'a', extendInfo: 'é<&>' },
  ...content(({ path: signed, clientId, time, body: sent }) => `POST ${signed}\n${clientId}.${time}.${change(sent.toString())}`),
});
/** Signs another head (the part before the body). */
const otherHead = (make: (right: Parameters<Content>[0]) => string) => content((right) => make(right) + right.body);

/** Mistakes by their code. */
const mistakes: Record<string, Record<string, CallOptions & { target?: string; sent?: object | string }>> = {
  'body-changed': {
    'indented by two': otherBody((value) => JSON.stringify(value, null, 2)),
    'indented by four': otherBody((value) => JSON.stringify(value, null, 4)),
    'a space after colons and commas': otherBody(
      () => `{"accessToken": "${body.accessToken}", "appId": "${body.appId}", "extendInfo": "${body.extendInfo}"}`,
    ),
    'slashes escaped': otherBody((value) => JSON.stringify(value).replaceAll('/', '\\/')),
    'keys sorted': {
      sent: { extendInfo: 'a', accessToken: 'b' },
      ...otherBody(({ accessToken, extendInfo }) => JSON.stringify({ accessToken, extendInfo })),
    },
    'escapes for what is not ASCII': otherText((text) => text.replace('é', '\\u00e9')),
    'escapes for what HTML knows': otherText((text) =>
      text.replace('<', '\\u003c').replace('&', '\\u0026').replace('>', '\\u003e'),
    ),
    'as Python writes it by default': otherText((text) =>
      text.replace('é', '\\u00e9').replaceAll('":"', '": "').replaceAll('","', '", "'),
    ),
    'indented by a tab': otherBody((value) => JSON.stringify(value, null, '\t')),
    'lines ended by CR LF': {
      sent: JSON.stringify(body, null, 2),
      ...content(
        ({ path: signed, clientId, time, body: sent }) =>
          `POST ${signed}\n${clientId}.${time}.${sent.toString().replaceAll('\n', '\r\n')}`,
      ),
    },
    'no body': otherBody(() => ''),
    'a line feed at its end': otherBody((value) => `${JSON.stringify(value)}\n`),
  },
  'full-url': {
    'with https': otherHead(
      ({ path: signed, clientId, time }) => `POST https://${new URL(emulator.url).host}${signed}\n${clientId}.${time}.`,
    ),
    'with http': otherHead(({ path: signed, clientId, time }) => `POST ${emulator.url}${signed}\n${clientId}.${time}.`),
  },
  'query-in-path': {
    'the query, decoded': {
      target: `${path}?a=1%202&b=%C3%B1`,
      ...otherHead(({ clientId, time }) => `POST ${path}?a=1 2&b=ñ\n${clientId}.${time}.`),
    },
  },
  separator: {
    'no line feed': otherHead(({ path: signed, clientId, time }) => `POST ${signed}${clientId}.${time}.`),
    'a space for the line feed': otherHead(({ path: signed, clientId, time }) => `POST ${signed} ${clientId}.${time}.`),
    'a carriage return too': otherHead(({ path: signed, clientId, time }) => `POST ${signed}\r\n${clientId}.${time}.`),
    'a backslash and an n': otherHead(({ path: signed, clientId, time }) => `POST ${signed}\\n${clientId}.${time}.`),
    'no dot before the body': otherHead(({ path: signed, clientId, time }) => `POST ${signed}\n${clientId}.${time}`),
    'no dot behind the client id': otherHead(({ path: signed, clientId, time }) => `POST ${signed}\n${clientId}${time}.`),
    'line feeds for the dots': otherHead(({ path: signed, clientId, time }) => `POST ${signed}\n${clientId}\n${time}\n`),
    'no method': otherHead(({ path: signed, clientId, time }) => `${signed}\n${clientId}.${time}.`),
  },
  'time-mismatch': {
    'in milliseconds': otherHead(({ path: signed, clientId, time }) => `POST ${signed}\n${clientId}.${Date.parse(time)}.`),
    'in UTC': otherHead(({ path: signed, clientId, time }) => `POST ${signed}\n${clientId}.${new Date(time).toISOString()}.`),
    'in another offset': otherHead(({ path: signed, clientId }) => `POST ${signed}\n${clientId}.2026-05-01T09:30:00.500+05:30.`),
    'read again a second later': otherHead(
      ({ path: signed, clientId }) => `POST ${signed}\n${clientId}.2026-05-01T12:00:01.500+08:00.`,
    ),
    'read again some milliseconds earlier': otherHead(
      ({ path: signed, clientId }) => `POST ${signed}\n${clientId}.2026-05-01T12:00:00.483+08:00.`,
    ),
    'no time': otherHead(({ path: signed, clientId }) => `POST ${signed}\n${clientId}..`),
  },
  'client-id-mismatch': {
    'no client id': otherHead(({ path: signed, time }) => `POST ${signed}\n.${time}.`),
    'another client’s': otherHead(({ path: signed, time }) => `POST ${signed}\n${aurora.clientId}.${time}.`),
  },
  'wrong-method': {
    GET: otherHead(({ path: signed, clientId, time }) => `GET ${signed}\n${clientId}.${time}.`),
    'in lower case': otherHead(({ path: signed, clientId, time }) => `post ${signed}\n${clientId}.${time}.`),
  },
  'wrong-key': {
    'another client’s': { key: privateKey('demo-merchant.private.pem') },
  },
  'hashed-twice': {
    'the hash': content((right) => createHash('sha256').update(rightContent(right)).digest()),
    'the hash in hexadecimal': content((right) => createHash('sha256').update(rightContent(right)).digest('hex')),
  },
  'double-encoded': {
    'Base64 of Base64': { encoding: 'plain', value: (right) => Buffer.from(right).toString('base64') },
    'percent-encoded twice': { value: (right) => encodeURIComponent(right) },
    'Base64 of what is percent-encoded': { value: (right) => Buffer.from(right).toString('base64') },
  },
  'not-base64': { 'another alphabet': { value: (right) => `*${right}` }, 'a lone percent': { value: () => 'AAAA%' } },
};

function rightContent({ path: signed, clientId, time, body: sent }: Parameters<Content>[0]): Buffer {
  return Buffer.concat([Buffer.from(`POST ${signed}\n${clientId}.${time}.`), sent]);
}

for (const [mistake, ways] of Object.entries(mistakes)) {
  describe(`the mistake ${mistake}`, () => {
    for (const [name, { target = path, sent = body, ...options }] of Object.entries(ways)) {
      test(name, async () => {
        const world = newWorld(emulator);
        const { code, message } = await world.faro.call(target, sent, { time: '2026-05-01T12:00:00.5+08:00', ...options });
        assert.equal(code, 'INVALID_SIGNATURE');
        const entry = world.tenant.journal.list({}, 1)[0] as JournalEntry;
        const reason = inEnglish(entry.reason);
        assert.deepEqual(
          entry?.signature?.mistakes.map((noted) => noted.code),
          [mistake],
          reason,
        );
        assert.ok(entry?.findings.some((code) => code === mistake));
        const [first] = entry.signature?.mistakes ?? [];
        assert.ok(first && message.includes(inEnglish(first.message)), message);
        assert.ok(reason.includes('; sign "POST /v2/users/inquiryUserInfo\\n'), reason);
      });
    }
  });
}

test('the mistake client-id-mismatch: the authClientId of the body was signed', async () => {
  const world = newWorld(emulator);
  const options = otherHead(({ path: signed, time }) => `POST ${signed}\n${aurora.clientId}.${time}.`);
  assert.equal((await world.faro.call(path, { ...body, authClientId: aurora.clientId }, options)).code, 'INVALID_SIGNATURE');
  assert.equal(world.tenant.journal.list({}, 1)[0]?.signature?.mistakes[0]?.code, 'client-id-mismatch');
});

describe('a wallet whose paths have a prefix', () => {
  const world = newWorld(emulator);
  world.tenant.changeSettings({ wallet: 'prefixed' });
  const whole = `/api/open${path}`;

  test('the path is signed with its prefix', async () => {
    assert.equal((await world.faro.call(whole, body)).code, 'INVALID_ACCESS_TOKEN');
  });

  test('the mistake path-without-prefix', async () => {
    const { code } = await world.faro.call(
      whole,
      body,
      otherHead(({ clientId, time }) => `POST ${path}\n${clientId}.${time}.`),
    );
    assert.equal(code, 'INVALID_SIGNATURE');
    assert.equal(world.tenant.journal.list({}, 1)[0]?.signature?.mistakes[0]?.code, 'path-without-prefix');
  });

  test('the path without its prefix gets a message that says so', async () => {
    const { code, message } = await world.faro.call(path, body);
    assert.equal(code, 'INVALID_API');
    assert.match(message, /call it with its prefix, \/api\/open\/v2\/users\/inquiryUserInfo/);
  });
});

test('many calls that fail at once are all explained', async () => {
  const world = newWorld(emulator);
  const hashed = content((right) => createHash('sha256').update(rightContent(right)).digest('hex'));
  await Promise.all(Array.from({ length: 30 }, () => world.faro.call(path, body, hashed)));
  const codes = world.tenant.journal.list({}, 30).map((entry) => entry.signature?.mistakes.map(({ code }) => code).join());
  assert.deepEqual(new Set(codes), new Set(['hashed-twice']));
});
