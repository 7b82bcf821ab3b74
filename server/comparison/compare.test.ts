import assert from 'node:assert/strict';
import { createSign, type KeyObject } from 'node:crypto';
import { describe, test } from 'node:test';
import type { RecordingOptions } from '../emulator/compare-recording.js';
import { type Exchange, type Header, headerOf } from '../recordings/exchange.js';
import { compileContent } from '../signing/content.js';
import { differencesOf, shown } from '../testing/compared-recording.js';
import { DialectWorld } from '../testing/dialects/dialect-world.js';
import { dialectOf } from '../testing/dialects/dialects.js';
import { emulatorForFile } from '../testing/emulator.js';
import { platformPublicKey, privateKey } from '../testing/merchant.js';
import { recordRun } from '../testing/recorded-run.js';
import { differenceCodes } from './difference.js';

const emulator = await emulatorForFile();
const platformKey = privateKey('platform-development.private.pem');

const recordings = new Map<string, Exchange[]>();
for (const wallet of ['platform-v2', 'toka', 'alipay-connect'])
  recordings.set(wallet, await recordRun(await DialectWorld.open(emulator, dialectOf(wallet))));

/** The parsed bodies of one exchange, which a test changes. */
interface Changeable {
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: any JSON
  request: any;
  // biome-ignore lint/suspicious/noExplicitAny: any JSON
  answer: any;
  exchange: Exchange;
  headers: Header[];
}

/** A copy of a recording in which the platform behaves in another way. */
function changed(wallet: string, change: (call: Changeable, index: number) => void): Exchange[] {
  return structuredClone(recordings.get(wallet) ?? []).map(({ request, response, ...rest }, index) => {
    assert.ok(response);
    const exchange: Exchange = {
      ...rest,
      request: { ...request, body: Buffer.from(request.body) },
      response: { ...response, body: Buffer.from(response.body) },
    };
    const operation = new URL(request.url).pathname.split('/').at(-1) ?? '';
    const [sent, answer] = [request.body, response.body].map((body) => parse(Buffer.from(body).toString()));
    const { headers } = response;
    change({ operation, request: sent, answer, exchange, headers }, index);
    if (sent !== undefined) exchange.request.body = Buffer.from(JSON.stringify(sent));
    if (exchange.response !== undefined && answer !== undefined) exchange.response.body = Buffer.from(JSON.stringify(answer));
    return exchange;
  });
}

function parse(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

function setHeader(headers: Header[], name: string, value: string): void {
  const header = headers.find(([known]) => known === name);
  if (header !== undefined) header[1] = value;
}

/** Signs an answer in another way. */
function signAgain(headers: Header[], exchange: Exchange, template: string, key: KeyObject, algorithm = 'RSA256'): void {
  const { request, response } = exchange;
  const parts = {
    method: 'POST',
    path: new URL(request.url).pathname,
    clientId: headerOf(headers, 'client-id') ?? '',
    time: headerOf(headers, 'response-time') ?? '',
    requestId: '',
  };
  const content = compileContent(template)(parts, response?.body ?? Buffer.alloc(0));
  const signature = encodeURIComponent(createSign('sha256').update(content).sign(key, 'base64'));
  setHeader(headers, 'signature', `algorithm=${algorithm}, keyVersion=1, signature=${signature}`);
}

const succeeded = ({ answer }: Changeable) => answer?.result?.resultStatus === 'S';
const isExchange = ({ operation }: Changeable) => operation === 'applyToken';

interface Case {
  wallet?: string;
  change: (call: Changeable, index: number) => void;
  expected: string[];
  options?: Partial<RecordingOptions>;
}

const cases: Readonly<Record<string, Case>> = {
  'a path that the profile does not have': {
    change: ({ exchange }) => {
      exchange.request.url = exchange.request.url.replace('/v2/users/inquiryUserInfo', '/v3/members/inquiryUserInfo');
    },
    expected: ['path-unknown inquiryUserInfo /v3/members/inquiryUserInfo'],
  },
  'another HTTP status': {
    change: (call) => {
      if (call.answer.result.resultCode === 'INVALID_SIGNATURE' && call.exchange.response) call.exchange.response.status = 401;
    },
    expected: ['http-status applyToken undefined'],
  },
  'a result code that the profile does not have': {
    change: ({ answer: { result } }) => {
      if (result.resultCode === 'USED_AUTHCODE') result.resultCode = 'CODE_TWICE';
    },
    expected: ['result-code-unknown applyToken response.result.resultCode'],
  },
  'a result code of another outcome': {
    change: ({ answer: { result } }) => {
      if (result.resultCode === 'USED_AUTHCODE') result.resultCode = 'INVALID_AUTHCODE';
    },
    expected: ['result-code applyToken response.result.resultCode'],
  },
  'another status of a result code': {
    change: ({ answer: { result } }) => {
      if (result.resultCode === 'USED_AUTHCODE') result.resultStatus = 'U';
    },
    expected: ['result-status applyToken response.result.resultStatus'],
  },
  'another success message': {
    wallet: 'toka',
    change: (call) => {
      if (succeeded(call) && isExchange(call)) call.answer.result.resultMessage = 'Done';
    },
    expected: ['result-message applyToken response.result.resultMessage'],
  },
  'a field less': {
    change: ({ answer }) => {
      delete answer.customerId;
    },
    expected: ['response-field-missing applyToken response.customerId'],
  },
  'a field more': {
    change: (call) => {
      if (succeeded(call) && isExchange(call)) call.answer.tokenType = 'Bearer';
    },
    expected: ['response-field-extra applyToken response.tokenType'],
  },
  'another type of a field': {
    change: ({ answer }) => {
      if (answer.customerId !== undefined) answer.customerId = Number(answer.customerId);
    },
    expected: ['response-field-type applyToken response.customerId'],
  },
  'another form of a time': {
    change: ({ answer }) => {
      const { accessTokenExpiryTime: time } = answer;
      if (time !== undefined) answer.accessTokenExpiryTime = new Date(time).toISOString();
    },
    expected: ['response-field-form applyToken response.accessTokenExpiryTime'],
  },
  'longer tokens': {
    change: (call) => {
      const { answer, request } = call;
      if (answer.accessToken !== undefined) answer.accessToken += '0000';
      if (request?.accessToken?.length > 40) request.accessToken += '0000';
    },
    expected: ['response-field-length applyToken response.accessToken'],
  },
  'another order of a list': {
    change: ({ answer }) => {
      answer.userInfo?.contactInfos?.reverse();
    },
    expected: ['array-order inquiryUserInfo response.userInfo.contactInfos[].contactType'],
  },
  'a field of the user more': {
    change: (call) => {
      if (call.answer.userInfo !== undefined) call.answer.userInfo.vipLevel = 'gold';
    },
    expected: ['scope-reads inquiryUserInfo response.userInfo.vipLevel'],
  },
  'a field of the user with another name': {
    change: ({ answer: { userInfo } }) => {
      if (userInfo?.birthday === undefined) return;
      userInfo.birthDate = userInfo.birthday;
      delete userInfo.birthday;
    },
    expected: [
      'scope-reads inquiryUserInfo response.userInfo.birthday',
      'scope-reads inquiryUserInfo response.userInfo.birthDate',
    ],
  },
  'another lifetime': {
    change: ({ answer, headers }) => {
      const now = Date.parse(headerOf(headers, 'response-time') ?? '');
      const time = (at: number) => `${new Date(at - 5 * 3_600_000).toISOString().slice(0, 19)}-05:00`;
      if (answer.accessTokenExpiryTime !== undefined) answer.accessTokenExpiryTime = time(now + 599_000);
    },
    expected: ['lifetime applyToken accessToken'],
  },
  'an old access token that ends': {
    change: ({ answer }, index) => {
      if (index === 4) for (const name of Object.keys(answer)) delete answer[name];
      if (index === 4) answer.result = { resultStatus: 'F', resultCode: 'INVALID_ACCESS_TOKEN', resultMessage: 'no such token' };
    },
    expected: ['refresh-old-pair inquiryUserInfo accessToken'],
  },
  'a request that the profile refuses': {
    change: (call) => {
      if (succeeded(call) && call.request.authCode !== undefined) call.request.grantType = 'authorization-code';
    },
    expected: ['request-field-refused applyToken request.grantType'],
  },
  'a request without a field that the profile demands': {
    wallet: 'alipay-connect',
    change: (call) => {
      if (isExchange(call) && succeeded(call)) delete call.request.customerBelongsTo;
    },
    expected: ['request-field-refused applyToken request.customerBelongsTo'],
  },
  'a request without a header that the profile demands': {
    wallet: 'toka',
    change: ({ exchange: { request } }) => {
      request.headers = request.headers.filter(([name]) => name !== 'Request-Id');
    },
    expected: ['request-field-refused applyToken header Request-Id', 'request-field-refused inquiryUserInfo header Request-Id'],
  },
  'a request that the profile accepts': {
    change: ({ answer }, index) => {
      if (index === 1) {
        delete answer.userInfo;
        answer.result = { resultStatus: 'F', resultCode: 'PARAM_ILLEGAL', resultMessage: 'illegal parameter: appId' };
      }
    },
    expected: ['request-field-accepted inquiryUserInfo request.appId'],
  },
  'a header less': {
    change: ({ headers }) => {
      headers.splice(
        headers.findIndex(([name]) => name === 'client-id'),
        1,
      );
    },
    expected: ['header-missing undefined client-id'],
  },
  'a header more': {
    change: ({ headers }) => {
      headers.push(['Wallet-Node', 'n7'], ['X-Cache', 'MISS'], ['Server', 'spanner']);
    },
    expected: ['header-extra undefined wallet-node'],
  },
  'another case of a header': {
    change: ({ headers }) => {
      for (const header of headers) if (header[0] === 'response-time') header[0] = 'Response-Time';
    },
    expected: ['header-case undefined response-time'],
  },
  'another value of a header': {
    change: ({ headers }) => {
      setHeader(headers, 'content-type', 'application/json;charset=utf-8');
      setHeader(headers, 'client-id', 'somebody');
    },
    expected: ['header-value undefined client-id'],
  },
  'no signature': {
    change: ({ headers }) => {
      headers.splice(
        headers.findIndex(([name]) => name === 'signature'),
        1,
      );
    },
    expected: ['signature-missing undefined response'],
  },
  'another encoding of the signature': {
    change: ({ headers }) => {
      setHeader(headers, 'signature', decodeURIComponent(headerOf(headers, 'signature') ?? ''));
    },
    expected: ['signature-encoding undefined response'],
  },
  'another word for the algorithm': {
    change: ({ headers }) => {
      setHeader(headers, 'signature', (headerOf(headers, 'signature') ?? '').replace('RSA256', 'SHA256withRSA'));
    },
    expected: ['signature-algorithm undefined response'],
  },
  'another signed content': {
    options: { platformKey: platformPublicKey },
    change: ({ headers, exchange }) => signAgain(headers, exchange, '{clientId}.{time}.{body}', platformKey),
    expected: ['signature-content undefined response'],
  },
  'a signature of another key': {
    options: { platformKey: platformPublicKey },
    change: ({ headers, exchange }) =>
      signAgain(headers, exchange, '{method} {path}\n{clientId}.{time}.{body}', privateKey('demo-merchant.private.pem')),
    expected: ['signature-unverified undefined response'],
  },
};

describe('a difference is found, and no other one', () => {
  const found = new Set<string>();
  for (const [name, { wallet = 'platform-v2', change, expected, options = {} }] of Object.entries(cases))
    test(name, async () => {
      const differences = await differencesOf(changed(wallet, change), wallet, options);
      for (const { code } of differences) found.add(code);
      assert.deepEqual(differences.map(shown).sort(), [...expected].sort());
    });

  test('for each code', () => {
    assert.deepEqual([...found].sort(), [...differenceCodes].sort());
  });
});
