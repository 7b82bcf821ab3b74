import { type OutcomeName, outcomeNames } from '../engine/outcomes.js';
import type { Profile } from '../profiles/profile.js';
import { headerOf } from '../recordings/exchange.js';
import type { PlatformCall } from './platform-call.js';

/** The kinds of codes and tokens, by the engine's names of the fields. */
export const credentialNames = ['authCode', 'refreshToken', 'accessToken'] as const;
export type CredentialName = (typeof credentialNames)[number];

const outcomesOf: Readonly<Record<CredentialName, { unknown: OutcomeName; used?: OutcomeName; expired: OutcomeName }>> = {
  authCode: { unknown: 'auth-code-unknown', used: 'auth-code-used', expired: 'auth-code-expired' },
  refreshToken: { unknown: 'refresh-token-unknown', used: 'refresh-token-used', expired: 'refresh-token-expired' },
  accessToken: { unknown: 'access-token-unknown', expired: 'access-token-expired' },
};

/** The facts about a call before the platform answered. */
export interface OutcomeHints {
  /** The fields that the engine reads, by its own names. */
  fields: Readonly<Record<string, unknown>>;
  /** True if the profile refuses a field of the request. */
  isRefused: boolean;
  /** True if the platform has accepted this appId for this client before. */
  isAppKnown: boolean;
  /** True if the platform has accepted a call of this client before. */
  isClientKnown: boolean;
}

/** Finds the outcome that the platform's answer means. @returns undefined if neither its code nor its words tell */
export function platformOutcome(call: PlatformCall, profile: Profile, hints: OutcomeHints): OutcomeName | undefined {
  if (call.succeeded) return 'done';
  const { resultCode } = call.result;
  if (resultCode === undefined) return undefined;
  const meanings = outcomeNames.filter((name) => name !== 'done' && profile.codes[name].code === resultCode);
  if (meanings.length === 1) return meanings[0];
  if (meanings.length > 0) return likelyMeaning(call, meanings, hints);
  return call.exchange.signatures?.request.verified === false ? 'signature-invalid' : outcomeByWords(call, hints);
}

/** A wallet may have one code for several outcomes. Those that the request cannot have are left out; of the others, the likeliest counts. */
function likelyMeaning(call: PlatformCall, meanings: readonly OutcomeName[], hints: OutcomeHints): OutcomeName | undefined {
  if (hints.isRefused && meanings.includes('parameter-illegal')) return 'parameter-illegal';
  const possible = meanings.filter((name) => isPossible(name, call, hints));
  // The words of a code such as PARAM_ILLEGAL are those of all its meanings.
  const words = outcomeByWords({ ...call, result: { ...call.result, resultCode: '' } }, hints);
  return possible.find((name) => name === words) ?? likeliest.find((name) => possible.includes(name)) ?? possible[0];
}

/** Outcomes that say what is wrong come before those that may have any reason. */
const likeliest: readonly OutcomeName[] = [
  'auth-code-unknown',
  'refresh-token-unknown',
  'access-token-unknown',
  'app-unknown',
  'auth-client-mismatch',
  'agent-token-unknown',
  'parameter-illegal',
  'access-denied',
  'process-failed',
];

function isPossible(name: OutcomeName, call: PlatformCall, { fields, isAppKnown }: OutcomeHints): boolean {
  const credential = credentialNames.find((own) => Object.values(outcomesOf[own]).includes(name));
  if (credential !== undefined) return credentialIn(fields) === credential;
  switch (name) {
    case 'app-unknown':
      return fields.appId !== undefined && !isAppKnown;
    case 'auth-client-mismatch':
      return fields.authClient !== undefined && fields.authClient !== call.clientId;
    case 'grant-type-not-allowed':
      return fields.grantType !== undefined;
    case 'agent-token-unknown':
    case 'agent-token-expired':
      return (headerOf(call.exchange.request.headers, 'agent-token') ?? '') !== '';
    default:
      return true;
  }
}

/** The code or token that a call sends. */
export function credentialIn(fields: Readonly<Record<string, unknown>>): CredentialName | undefined {
  return credentialNames.find((name) => typeof fields[name] === 'string');
}

/** The words of a refusal, in its code or in its message, for a code that the profile does not have. */
function outcomeByWords({ clientId, result }: PlatformCall, { fields, isClientKnown }: OutcomeHints) {
  const { resultCode = '', resultMessage = '' } = result;
  const words = `${resultCode} ${resultMessage}`.replaceAll(/[_-]/g, ' ').toLowerCase();
  if (/\bsign(ature)?\b/.test(words)) return 'signature-invalid';
  if (/\b(traffic|rate limit|too many|frequen)/.test(words)) return 'traffic-exceeded';
  if (/\b(param|argument)/.test(words)) return 'parameter-illegal';
  if (/\b(scope|permission|denied|not authorized)/.test(words)) return 'access-denied';
  if (!isClientKnown && /(?<!auth |reference )\bclient\b/.test(words)) return 'client-unknown';
  if (/client/.test(words) && fields.authClient !== undefined && fields.authClient !== clientId) return 'auth-client-mismatch';
  const credential = credentialIn(fields);
  if (credential !== undefined) {
    const { used, expired } = outcomesOf[credential];
    if (/\b(expire|caduc|timed? ?out|no longer valid)/.test(words)) return expired;
    if (used !== undefined && /\b(used|already|consumed|exchanged|twice|works once)/.test(words)) return used;
  }
  return undefined;
}
