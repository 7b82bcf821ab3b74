import { text as readText } from 'node:stream/consumers';
import { readTextFile } from '../files/read-file.js';

/**
 * Reads the request that a command works on.
 * @param file absent or `-`: standard input
 * @throws Error in one line if there is none
 */
export async function readInput(file = '-'): Promise<string> {
  const isFile = file !== '-';
  const written = isFile ? readTextFile(file) : process.stdin.isTTY ? '' : await readText(process.stdin);
  if (written.trim() === '')
    throw new Error(`${isFile ? file : 'standard input'} is empty: expected a request, such as a curl command`);
  return written;
}
