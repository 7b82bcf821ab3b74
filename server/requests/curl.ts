import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import { shellWords } from './shell-words.js';
import type { WrittenRequest } from './written-request.js';

/** The long names of the short options that take a value. */
const longNames: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  A: 'user-agent',
  b: 'cookie',
  e: 'referer',
  F: 'form',
  T: 'upload-file',
  K: 'config',
  o: 'output',
  m: 'max-time',
  u: 'user',
  x: 'proxy',
  w: 'write-out',
};
/** Options whose value does not change what is signed. */
const ignoredWithValue = new Set([
  'output',
  'max-time',
  'connect-timeout',
  'user',
  'proxy',
  'write-out',
  'retry',
  'cacert',
  'cert',
  'key',
  'resolve',
  'cookie',
  'referer',
  'user-agent',
  'proxy-header',
  'interface',
  'max-redirs',
]);
const dataOptions = new Set(['data', 'data-raw', 'data-binary', 'data-ascii', 'json']);
/** Options whose value is not in the text, or that change the body in a way that is not read here. */
const refused = new Set(['form', 'form-string', 'upload-file', 'config', 'data-urlencode', 'get']);
/** Short options without a value, such as -s. -G is refused. */
const shortFlags = /^[sSkiLvfgnqR#0-46jN]$/;

/** Reads a curl command. @throws TextError */
export function readCurl(command: string): WrittenRequest {
  if (/\^["\r\n]/.test(command)) throw new TextError(text('curl-for-cmd'));
  const [prompt, ...rest] = shellWords(command);
  const words = prompt === '$' ? rest.slice(1) : rest;
  const headers: Record<string, string> = {};
  const data: string[] = [];
  let method: string | undefined;
  let target: string | undefined;
  let json = false;
  for (const { name, value } of optionsOf(words)) {
    if (name === 'request') method = value;
    else if (name === 'header') addHeader(headers, value);
    else if (name === 'url') target = value;
    else if (dataOptions.has(name)) {
      if (name !== 'data-raw' && value.startsWith('@')) throw new TextError(text('curl-file', { option: `--${name} ${value}` }));
      data.push(value);
      json ||= name === 'json';
    }
  }
  if (target === undefined) throw new TextError(text('curl-without-address'));
  const contentType = json && !('Content-Type' in headers) ? { 'Content-Type': 'application/json' } : {};
  return {
    method: method ?? (data.length > 0 ? 'POST' : 'GET'),
    target,
    headers: { ...contentType, ...headers },
    // curl joins the values of --data by &, and those of --json directly.
    body: data.join(json ? '' : '&'),
  };
}

function addHeader(headers: Record<string, string>, header: string): void {
  if (header.startsWith('@')) throw new TextError(text('curl-file', { option: `-H ${header}` }));
  const colon = header.indexOf(':');
  if (colon > 0) headers[header.slice(0, colon).trim()] = header.slice(colon + 1).trim();
}

interface CurlOption {
  name: string;
  /** Empty for an option without a value. */
  value: string;
}

function* optionsOf(words: readonly string[]): Generator<CurlOption> {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string;
    const next = (name: string) => {
      const value = words[++index];
      if (value === undefined) throw new TextError(text('curl-value-missing', { option: name }));
      return value;
    };
    if (!word.startsWith('-') || word === '-') yield { name: 'url', value: word };
    else if (word.startsWith('--')) yield longOption(word.slice(2), next);
    else yield* shortOptions(word, next);
  }
}

function longOption(name: string, next: (name: string) => string): CurlOption {
  if (refused.has(name)) throw new TextError(text('curl-option-refused', { option: `--${name}` }));
  const takesValue = ignoredWithValue.has(name) || dataOptions.has(name) || ['request', 'header', 'url'].includes(name);
  return { name, value: takesValue ? next(`--${name}`) : '' };
}

/** `-sSX POST` is -s, -S and -X with its value; the value may follow at once: `-XPOST`. */
function* shortOptions(word: string, next: (name: string) => string): Generator<CurlOption> {
  for (let index = 1; index < word.length; index++) {
    const letter = word[index] as string;
    const name = longNames[letter];
    if (name === undefined && shortFlags.test(letter)) continue;
    if (name === undefined || refused.has(name)) throw new TextError(text('curl-option-refused', { option: `-${letter}` }));
    const attached = word.slice(index + 1);
    yield { name, value: attached === '' ? next(`-${letter}`) : attached };
    return;
  }
}
