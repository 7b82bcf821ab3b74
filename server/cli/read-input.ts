import { text as readText } from 'node:stream/consumers';
import { readTextFile } from '../files/read-file.js';
import { WalletError } from '../sdk/client/call.js';
import { TextError } from '../texts/text-error.js';

/** The input of a command, as messages name it. @param file absent or `-`: standard input */
export function nameOfInput(file = '-'): string {
  return file === '-' ? 'standard input' : file;
}

/**
 * Reads the request that a command works on.
 * @param file absent or `-`: standard input
 * @param use works on the text. What it says about the text gets the name of the file
 * @throws Error in one line if there is none
 */
export async function readInput<Result>(
  file: string | undefined,
  use: (text: string) => Result | Promise<Result>,
): Promise<Result> {
  const name = nameOfInput(file);
  const isFile = file !== undefined && file !== '-';
  const written = isFile ? readTextFile(file) : process.stdin.isTTY ? '' : await readText(process.stdin);
  if (written.trim() === '') throw new Error(`${name} is empty: expected a request, such as a curl command`);
  try {
    return await use(written);
  } catch (error) {
    const isAboutText = error instanceof TextError || (error instanceof WalletError && error.error === 'invalid');
    throw isAboutText ? new Error(`${name}: ${error.message}`, { cause: error }) : error;
  }
}
