import { english } from '../../texts/english/english.js';

/** Fields whose values are one of a short list, such as `contactType`, and tell nothing about a person. */
const listedFields =
  /(?:types?|typ|status|locale|lang|language|currency|channel|terminal|belongsto|mode|alg|enc|charset|algorithm)$/i;
/** Codes of results, which tell nothing about a person. `authCode` and OAuth's `code` are secrets. */
const codeFields = /^(?:result_?code|error_?code|error)$/i;
const code = /^[\w.-]{1,60}$/;
const scopeFields = /scopes?$/i;
/** A part of a name on a list: in capitals, in small letters or in camel case, with few digits. A random text has another case. */
const listedPart = /^(?:[A-Z]{1,24}|[A-Za-z]?[a-z]{1,24}(?:[A-Z][a-z]{2,24}){0,6})\d{0,3}$/;
/** The longest name on a list: a longer word is random. */
const maxListedLength = 60;

/** Fields of numbers that lifetimes and lists have. */
const numberFields = /(?:expires_?in|lifetime|ttl|validity|timeout|count|size)$/i;
/** Fields of times. A word more can follow, as in `expiryTimeText`. */
const timeFields = /(?:time|date|expires|expiry|expiration|timestamp|at|iat|exp|nbf)$/i;
const timeWord = /(?:^|[a-z_])(?:Time|Date|Expires|Expiry|Expiration)(?=[A-Z_])/;
const birthFields = /birth|dob$/i;
/** Fields of sentences. */
const sentenceFields = /(?:message|msg|description|reason|detail)$/i;
/** Fields of the message of a result or an error. */
const resultMessages = /^(?:result|error)_?(?:message|msg)$/i;

/** Returns true if a field's value is one of a list, so that it tells nothing about a person. */
export function isListed(name: string, value: string): boolean {
  if (scopeFields.test(name)) return value.split(/[ ,]/).every((word) => word === '' || isListedWord(word));
  if (codeFields.test(name)) return code.test(value);
  return listedFields.test(name) && isListedWord(value);
}

function isListedWord(word: string): boolean {
  return word.length <= maxListedLength && /^[A-Za-z]/.test(word) && word.split(/[_.:/-]/).every((part) => listedPart.test(part));
}

/** Returns true for the name of a field that says of what kind another field is, such as `contactType`. */
export function isKindField(name: string): boolean {
  return /type$/i.test(name);
}

export function isNumberField(name: string): boolean {
  return numberFields.test(name);
}

export function isTimeField(name: string): boolean {
  return (timeFields.test(name) || timeWord.test(name)) && !isBirthField(name);
}

export function isBirthField(name: string): boolean {
  return birthFields.test(name);
}

export function isSentenceField(name: string): boolean {
  return sentenceFields.test(name);
}

/** Returns true for the name of a field whose sentence says how a call ended. */
export function isResultMessage(name: string): boolean {
  return resultMessages.test(name);
}

/** The words of the emulator's own sentences. */
const knownWords: ReadonlySet<string> = new Set(
  Object.values(english).flatMap(
    (sentence) =>
      sentence
        .replace(/\{\w+\}/g, ' ')
        .toLowerCase()
        .match(/[a-z]{3,}/g) ?? [],
  ),
);

/** Returns true for a word that any platform may have in its sentences, such as `token` or `Client-Id`, so that it is no name. */
export function isCommonWord(word: string): boolean {
  const parts = word.split(/[-_.]/);
  const isInSentence = (part: string) => knownWords.has(part.toLowerCase());
  // A name such as `AccessToken` has its words without a space.
  const isKnown = (part: string) => isInSentence(part) || part.split(/(?<=[a-z])(?=[A-Z])/).every(isInSentence);
  return (
    /^[a-z]{1,2}$/.test(word) || (parts.some(isKnown) && parts.every((part) => isKnown(part) || /^[A-Za-z]{1,2}$/.test(part)))
  );
}

/** Headers that tell nothing about a person, by their names in lower case. Their values stay. */
const safeHeaders = new Set([
  ...['accept', 'accept-charset', 'accept-encoding', 'accept-language', 'accept-ranges', 'age', 'allow', 'alt-svc'],
  ...['cache-control', 'connection', 'content-disposition', 'content-encoding', 'content-language', 'content-length'],
  ...['content-type', 'date', 'dnt', 'expect', 'expires', 'host', 'keep-alive', 'last-modified', 'pragma', 'priority'],
  ...['referrer-policy', 'retry-after', 'server', 'strict-transport-security', 'transfer-encoding', 'upgrade-insecure-requests'],
  ...['user-agent', 'vary', 'x-content-type-options', 'x-frame-options', 'x-powered-by', 'x-xss-protection'],
]);

export function isSafeHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return safeHeaders.has(lower) || lower.startsWith('access-control-') || lower.startsWith('sec-fetch-');
}
