import type { JournalEntry } from './entry.js';

/** A mistake of the integration that was noticed, over all the calls that show it. */
export interface Finding {
  code: string;
  message: string;
  count: number;
  /** Milliseconds since the epoch, by the emulator's clock. */
  firstSeen: number;
  lastSeen: number;
  /** The ids of the calls, newest first. */
  entries: string[];
}

/** What a finding means, and what to do. What is wrong with a signature, the call itself says. */
const meanings: Readonly<Record<string, string>> = {
  'consent-on-first-screen':
    'consent was asked for before the user did anything on the page: ask once the user has come to it by an action, or the platform refuses it in review',
  'token-in-browser': 'a web page called the OpenAPI: tokens belong on the merchant\u2019s server, which calls it',
  'auth-code-reused': 'an authCode was exchanged again: it works once; keep the tokens that came of it',
  'refresh-token-reused': 'a refreshToken was used again: every refresh gives a new one; keep that',
  'token-after-revoke': 'a token was used after it was revoked: drop what was revoked, and ask the user again',
  'auth-code-kept': 'an authCode was exchanged long after it was given: exchange it at once, since it expires',
  'unsigned-request': 'a call had no signature: the platform refuses it, though this client may do without here',
  'request-time-off':
    'Request-Time was more than five minutes from the clock: send the time of the call, and check the server\u2019s clock and offset',
  'scope-not-registered':
    'a scope was asked for that the client is not registered for, or that the wallet does not have: register it, or ask for less',
  'scope-never-used': 'a scope was consented to, and never read since: ask for no more than is used',
};

/** What was noticed, by code: the one seen last ahead. @param entries newest first */
export function gatherFindings(entries: Iterable<JournalEntry>): Finding[] {
  const findings = new Map<string, Finding>();
  /** Client, user and scope, of what was used later than the entry that is looked at. */
  const used = new Set<string>();
  for (const entry of entries) {
    const keyOf = (scope: string) => JSON.stringify([entry.clientId, entry.userId, scope]);
    for (const scope of entry.used ?? []) used.add(keyOf(scope));
    const unused = entry.consented?.some((scope) => !used.has(keyOf(scope))) === true;
    for (const code of new Set([...entry.findings, ...(unused ? ['scope-never-used'] : [])])) {
      const found = findings.get(code);
      if (found === undefined) {
        findings.set(code, {
          code,
          message: meaningOf(code, entry),
          count: 1,
          firstSeen: entry.at,
          lastSeen: entry.at,
          entries: [entry.id],
        });
        continue;
      }
      found.count++;
      found.firstSeen = Math.min(found.firstSeen, entry.at);
      found.lastSeen = Math.max(found.lastSeen, entry.at);
      found.entries.push(entry.id);
    }
  }
  return [...findings.values()];
}

function meaningOf(code: string, { signature, reason }: JournalEntry): string {
  return signature?.mistakes.find((mistake) => mistake.code === code)?.message ?? meanings[code] ?? reason;
}
