import { createPublicKey } from 'node:crypto';
import { findSigning } from '../gateway/find-signing.js';
import type { Profile } from '../profiles/profile.js';
import { wordsOf } from '../profiles/words-of.js';
import { type Exchange, headerOf } from '../recordings/exchange.js';
import { Mask } from '../recordings/mask/mask.js';
import { maskExchange } from '../recordings/mask/mask-exchange.js';
import { auroraKey } from './emulator.js';
import { platformPublicKey } from './merchant.js';

const clientKey = createPublicKey(auroraKey);

/** A recording as the recorder writes it to a file: with its findings about the signatures, and with values of the same form. */
export function maskedRecording(recording: readonly Exchange[], profile: Profile): Exchange[] {
  const mask = new Mask({ words: () => wordsOf(profile), host: 'platform.example' });
  return recording.map((exchange) => maskExchange({ ...exchange, signatures: signaturesOf(exchange, profile) }, mask));
}

function signaturesOf({ request, response }: Exchange, { prefixes, source }: Profile): NonNullable<Exchange['signatures']> {
  const url = new URL(request.url);
  const parts = (time: string) => ({
    method: request.method,
    path: url.pathname,
    clientId: headerOf(request.headers, 'client-id') ?? '',
    time,
    requestId: headerOf(request.headers, 'request-id') ?? '',
  });
  const timeIn = (headers: Exchange['request']['headers'], name: string) => headerOf(headers, name) ?? '';
  const sent = { url, prefixes, parts: parts(timeIn(request.headers, 'request-time')), body: request.body };
  const none = { verified: null };
  if (response === undefined) return { request: none, response: none };
  const answered = { url, prefixes, parts: parts(timeIn(response.headers, 'response-time')), body: response.body };
  return {
    request: findSigning(request.headers, sent, clientKey, source.signature.request),
    response: findSigning(response.headers, answered, platformPublicKey, source.signature.response),
  };
}
