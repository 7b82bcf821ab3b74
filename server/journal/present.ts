import { shorten } from '../engine/outcomes.js';
import { inLanguage } from '../texts/write-text.js';
import type { JournalEntry, Message, PresentedEntry, PresentedRunningCall, RecordedFacts, StoredFacts } from './entry.js';
import { multipartField } from './multipart-field.js';
import type { RunningCall } from './running-calls.js';

/** Knows the codes and tokens that were issued. */
interface Issuer {
  issued(word: string): boolean;
}

/** Words that are long enough to be a code or token, JWTs included. */
const longWords = /[A-Za-z0-9_-]{16,}(?:\.[A-Za-z0-9_-]+)*/g;

const secretName = '(?:(?:access|refresh|agent|id)[_-]?)?token|auth[_-]?code|client[_-]?secret|api[_-]?key|password';
/** A field of JSON, or of JSON in a text of JSON. */
const secretFields = new RegExp(String.raw`("(?:${secretName})\\?"\s*:\s*\\?")([^"\\]+)`, 'gi');
/** A field of a form, of a query or of a cookie. */
const secretPairs = new RegExp(String.raw`((?<![\w-])(?:${secretName})=)([^&;\s"]+)`, 'gi');
const secretParts = multipartField(secretName, 'gi');
const secretHeader = /^(?:proxy-)?authorization$|cookie|token|secret|api-?key/i;

/**
 * An entry for people and tests: times are ISO 8601 in UTC, and codes and tokens are shortened unless `showSecrets` is set.
 * @param lang of its sentences; programs always get English
 */
export function presentEntry(entry: JournalEntry, issuer: Issuer, showSecrets: boolean, lang = 'en'): PresentedEntry {
  const { secrets, at, scopes, signature, recorded, consented: _, used: __, decided: ___, ...rest } = entry;
  const clean = (text: string) => (showSecrets ? text : hideSecrets(text, secrets, issuer));
  const cleanHeader = ([name, value]: [string, string | string[] | undefined]) => {
    if (value === undefined || showSecrets) return [name, value];
    return [name, secretHeader.test(name) ? shorten(String(value)) : clean(String(value))];
  };
  const message = ({ headers, body }: Message) => ({
    headers: Object.fromEntries(Object.entries(headers).map(cleanHeader)),
    body: clean(body),
  });
  return {
    ...rest,
    at: new Date(at).toISOString(),
    ...(entry.operation !== undefined && { operation: clean(entry.operation) }),
    path: clean(entry.path),
    ...(scopes && { scopes: scopes.map(clean) }),
    ...(entry.scenario !== undefined && { scenario: clean(entry.scenario) }),
    reason: clean(inLanguage(entry.reason, lang)),
    ...(signature && {
      signature: {
        ...signature,
        ...mapContents(signature, clean),
        mistakes: signature.mistakes.map(({ code, message }) => ({ code, message: clean(inLanguage(message, lang)) })),
      },
    }),
    ...(recorded && { recorded: cleanFacts(recorded, clean, lang) }),
    request: message(entry.request),
    response: message(entry.response),
  };
}

/** The facts of a recorded call, with their texts cleaned. */
function cleanFacts({ address, emulator, ...facts }: StoredFacts, clean: (text: string) => string, lang: string): RecordedFacts {
  return {
    ...facts,
    address: clean(address),
    ...(emulator && { emulator: { ...emulator, reason: clean(inLanguage(emulator.reason, lang)), body: clean(emulator.body) } }),
  };
}

/** A running call for tests, as `presentEntry` shows an entry. */
export function presentRunning(
  { entry, isJournaled, waitsFor }: RunningCall,
  issuer: Issuer,
  showSecrets: boolean,
): PresentedRunningCall {
  const { at, authorizationId, operation, method, path, clientId, appId, userId, scopes, scenario, kind } = presentEntry(
    entry,
    issuer,
    showSecrets,
  );
  const found = { authorizationId, operation, clientId, appId, userId, scopes, scenario };
  const known = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  return { ...(isJournaled && { entryId: entry.id }), kind, startedAt: at, waitsFor, method, path, ...known };
}

interface Contents {
  contentToSign?: string | undefined;
  signedContent?: string | undefined;
}

/** Changes the contents of a signature, such as to hide what they hold. */
export function mapContents({ contentToSign, signedContent }: Contents, change: (text: string) => string) {
  return {
    ...(contentToSign !== undefined && { contentToSign: change(contentToSign) }),
    ...(signedContent !== undefined && { signedContent: change(signedContent) }),
  };
}

/** The texts of an entry's row in a list, cleaned as in `presentEntry`. Bodies are left out, because cleaning them takes most of the time. */
export function presentLine(
  { operation, path, reason, secrets }: JournalEntry,
  issuer: Issuer,
  showSecrets: boolean,
  lang: string,
) {
  const clean = (text: string) => (showSecrets ? text : hideSecrets(text, secrets, issuer));
  return {
    ...(operation !== undefined && { operation: clean(operation) }),
    path: clean(path),
    reason: clean(inLanguage(reason, lang)),
  };
}

/**
 * Shortens the codes and tokens in a text: the given secrets, the values of fields such as `"accessToken"` or `access_token=`, and every
 * word that was issued.
 */
export function hideSecrets(text: string, secrets: readonly string[], issuer: Issuer): string {
  let hidden = text;
  for (const secret of secrets) if (secret.length > 3) hidden = hidden.replaceAll(secret, shorten(secret));
  return hidden
    .replace(secretFields, (_, before: string, secret: string) => before + shorten(secret))
    .replace(secretParts, (_, before: string, secret: string) => before + shorten(secret))
    .replace(secretPairs, (_, before: string, secret: string) => before + shorten(secret))
    .replace(longWords, (word) => (issuer.issued(word) ? shorten(word) : word));
}
