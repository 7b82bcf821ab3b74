import { type Header, headerOf } from '../recordings/exchange.js';
import type { Finding } from './finding.js';
import { isSameForm } from './forms.js';

/** Headers of the transport and of what stands before a platform: they say nothing about the wallet. */
const transportHeaders = new Set([
  'accept-ranges',
  'age',
  'allow',
  'alt-svc',
  'cache-control',
  'connection',
  'content-encoding',
  'content-language',
  'content-length',
  'date',
  'etag',
  'expires',
  'keep-alive',
  'last-modified',
  'link',
  'nel',
  'permissions-policy',
  'pragma',
  'referrer-policy',
  'report-to',
  'server',
  'server-timing',
  'set-cookie',
  'strict-transport-security',
  'te',
  'timing-allow-origin',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'vary',
  'via',
  'x-content-type-options',
  'x-frame-options',
  'x-powered-by',
  'x-xss-protection',
]);
/** The same for names that begin so: those of gateways, caches and traces. */
const transportPrefixes =
  /^(access-control-|cf-|content-security-|cross-origin-|eagle|priority$|traceparent$|tracestate$|x-amz|x-azure|x-b3|x-cache|x-cloud|x-correlation|x-envoy|x-forwarded|x-kong|x-ratelimit|x-request-id|x-served|x-timer|x-trace)/;
/** Every client finds these in any case. */
const anyCase = new Set(['content-type']);

/** Compares the headers of two answers: names, their case, and the form of their values. The signature is compared elsewhere. */
export function compareHeaders(platform: readonly Header[], emulator: readonly Header[], requestClientId: string): Finding[] {
  const findings: Finding[] = [];
  const wallet = { operation: undefined };
  for (const [name, own] of emulator) {
    const place = name.toLowerCase();
    const [sentName, sent] = platform.find(([other]) => other.toLowerCase() === place) ?? [];
    if (sentName === undefined || sent === undefined) {
      if (place !== 'signature') findings.push({ code: 'header-missing', ...wallet, place, platform: undefined, emulator: own });
      continue;
    }
    if (sentName !== name && !anyCase.has(place))
      findings.push({ code: 'header-case', ...wallet, place, platform: sentName, emulator: name });
    if (!isSameValue(place, sent, own, requestClientId))
      findings.push({ code: 'header-value', ...wallet, place, platform: sent, emulator: own });
  }
  for (const [name, value] of platform) {
    const place = name.toLowerCase();
    const isKnown = headerOf(emulator, name) !== undefined || transportHeaders.has(place) || transportPrefixes.test(place);
    if (!isKnown) findings.push({ code: 'header-extra', ...wallet, place, platform: value, emulator: undefined });
  }
  return findings;
}

function isSameValue(place: string, platform: string, emulator: string, requestClientId: string): boolean {
  if (place === 'client-id') return platform === requestClientId;
  if (place === 'content-type') return mediaTypeOf(platform) === mediaTypeOf(emulator);
  if (place === 'signature') return signatureForm(platform) === signatureForm(emulator);
  return isSameForm(platform, emulator);
}

/** A media type without spaces, in lower case. Parameters may be in any order. */
function mediaTypeOf(value: string): string {
  const [type = '', ...parameters] = value.toLowerCase().replaceAll(/[\s"]/g, '').split(';');
  return [type, ...parameters.filter((parameter) => parameter !== '').sort()].join(';');
}

/** A signature header without its values: the names of its pairs, and what separates them. */
function signatureForm(value: string): string {
  return value.replaceAll(/=[^,]*/g, '=');
}
