import assert from 'node:assert/strict';
import type { Emulator } from '../emulator/emulator.js';
import { faro, type World } from './emulator.js';
import type { CallOptions } from './merchant.js';
import { Tester } from './tester.js';

/** The path, the time and the body of a call that is signed wrongly. */
export const path = '/v2/users/inquiryUserInfo';
export const time = '2026-05-01T12:00:00+08:00';
export const body = { accessToken: 'nothing-like-it', extendInfo: 'https://example.com/a' };

type Content = NonNullable<CallOptions['content']>;
type Right = Parameters<Content>[0];

/** A way to sign the call. */
export interface Way extends CallOptions {
  target?: string;
  sent?: object | string;
  wallet?: string;
}

/** The content to sign, up to the body. */
export const headOf = ({ path: signed, clientId, time: at }: Right) => `POST ${signed}\n${clientId}.${at}.`;

/** The content to sign. */
export const rightText = (right: Right) => headOf(right) + right.body;

/** Makes the call, and asks for an explanation of the same call. @returns the codes of both */
export async function codesOf(
  emulator: Emulator,
  world: World,
  { target = path, sent = body, wallet, ...options }: Way,
): Promise<[string, string]> {
  if (wallet !== undefined) world.tenant.changeSettings({ wallet });
  const bytes = Buffer.from(typeof sent === 'string' ? sent : JSON.stringify(sent));
  const Signature = `signature=${world.faro.signature(target, bytes, { time, ...options })}`;
  const { code } = await world.faro.call(target, bytes, {
    time,
    headers: { Signature },
    answerPath: options.answerPath ?? target,
  });
  assert.equal(code, 'INVALID_SIGNATURE');
  const entry = world.tenant.journal.list({}, 1)[0];
  const noted = entry?.signature?.mistakes.map((mistake) => mistake.code).join(', ') ?? '';
  assert.deepEqual(entry?.findings.filter((finding) => finding !== 'request-time-off').join(', '), noted);
  const host = new URL(emulator.url).host;
  const headers = { 'Client-Id': faro.clientId, 'Request-Time': time, Signature, Host: host };
  const explained = await new Tester(emulator, world.tenant.name).post('/signatures/explain', {
    path: target,
    headers,
    body: bytes.toString(),
  });
  return [noted, explained.body.mistakes.map((mistake: { code: string }) => mistake.code).join(', ')];
}
