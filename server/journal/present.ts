import type { JournalEntry, Message, PresentedEntry } from './entry.js';

type Shorten = (secret: string) => string;
/** Whether a word is a code or token that was issued here. */
type IsSecret = (word: string) => boolean;

/** What looks as if it could be a code or token. */
const words = /[A-Za-z0-9_-]{16,}(?:\.[A-Za-z0-9_-]+)*/g;

const secretFields = /("(?:accessToken|refreshToken|authCode|authcode)"\s*:\s*")([^"]+)("?)/g;
const secretHeaders = new Set(['agent-token', 'authorization', 'cookie']);

/**
 * An entry for people and tests to read: times as ISO 8601 in UTC, codes and tokens shortened.
 * @param shorten how a code or token is shown; absent: whole
 * @param isSecret whether a word is a code or token that was issued here, wherever it stands
 */
export function presentEntry(entry: JournalEntry, shorten?: Shorten, isSecret: IsSecret = () => false): PresentedEntry {
  const { secrets, at, scopes, consented: _, used: __, ...rest } = entry;
  const clean = (text: string) => (shorten === undefined ? text : hideSecrets(text, secrets, shorten, isSecret));
  const message = ({ headers, body }: Message) => ({
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        value === undefined || shorten === undefined
          ? value
          : secretHeaders.has(name)
            ? shorten(String(value))
            : clean(String(value)),
      ]),
    ),
    body: clean(body),
  });
  return {
    ...rest,
    at: new Date(at).toISOString(),
    ...(entry.operation !== undefined && { operation: clean(entry.operation) }),
    path: clean(entry.path),
    ...(scopes && { scopes: scopes.map(clean) }),
    ...(entry.scenario !== undefined && { scenario: clean(entry.scenario) }),
    reason: clean(entry.reason),
    request: message(entry.request),
    response: message(entry.response),
  };
}

/**
 * A text with the codes and tokens in it shortened: those that are known, whatever stands in a field of their names, and every word that
 * was issued here.
 */
export function hideSecrets(text: string, secrets: readonly string[], shorten: Shorten, isSecret: IsSecret): string {
  let hidden = text;
  for (const secret of secrets) if (secret.length > 3) hidden = hidden.replaceAll(secret, shorten(secret));
  return hidden
    .replace(
      secretFields,
      (_, before: string, secret: string, after: string) => before + (secret.includes('…') ? secret : shorten(secret)) + after,
    )
    .replace(words, (word) => (isSecret(word) ? shorten(word) : word));
}
