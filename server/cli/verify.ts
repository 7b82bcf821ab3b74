import type { Config } from '../emulator/config.js';
import type { SignatureExplanation } from '../sdk/client/journal.js';
import { printJson } from './print-json.js';
import { printLines } from './print-lines.js';
import { readInput } from './read-input.js';
import type { RunningAddress } from './running-address.js';
import { withWallet } from './with-wallet.js';

/** Characters shown before and after the first difference. */
const shownAround = 30;

/**
 * Says why the signature of a request does not verify. The exit status is 1 then.
 * @param file a curl command, a raw HTTP request, headers with the body, or a HAR file; absent: standard input
 * @param address the emulator whose wallet and clients count; absent: one is started
 * @param json prints the answer of the control API
 */
export async function verify(
  file: string | undefined,
  address: RunningAddress | undefined,
  config: Config,
  json = false,
): Promise<void> {
  const explained = await withWallet(address, config, (wallet) => readInput(file, (text) => wallet.explainSignature({ text })));
  if (json) printJson(explained);
  else printLines(linesOf(explained));
  if (!explained.verified) process.exitCode = 1;
}

function linesOf(explained: SignatureExplanation): string[] {
  const { method, path, clientId, verified, mistakes, contentToSign, signedContent } = explained;
  return [
    `${method} ${path}, client ${clientId}: the signature ${verified ? 'verifies' : 'does not verify'}`,
    ...mistakes.map(({ code, message }) => `${code}: ${message}`),
    ...(verified ? [] : ['', `content to sign: ${escaped(contentToSign)}`]),
    ...(signedContent === undefined || verified ? [] : [`signed content:  ${escaped(signedContent)}`]),
    ...differenceLines(explained),
  ];
}

/** The contents near the first byte that differs, one below the other, with a mark below it. */
function differenceLines({ contentToSign, signedContent, firstDifference }: SignatureExplanation): string[] {
  if (signedContent === undefined || firstDifference === undefined) return [];
  let index = 0;
  while (index < contentToSign.length && contentToSign[index] === signedContent[index]) index++;
  const from = Math.max(0, index - shownAround);
  const near = (content: string) => escaped(content.slice(from, index + shownAround)).slice(1, -1);
  const mark = ' '.repeat(escaped(contentToSign.slice(from, index)).length - 2);
  return [
    '',
    `the first difference is byte ${firstDifference + 1}:`,
    `  expected  ${near(contentToSign)}`,
    `  signed    ${near(signedContent)}`,
    `            ${mark}^`,
  ];
}

/** A content in one line: a JSON string, in which characters that a terminal does not show are escaped too. */
function escaped(content: string): string {
  return JSON.stringify(content).replace(
    /[\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
