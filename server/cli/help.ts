import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { packageRoot } from '../package-root.js';

/** The documentation that is installed with the package, so that it fits the version and needs no network. */
const [english, spanish] = ['README.md', 'README.es.md'].map((file) => pathToFileURL(join(packageRoot, file)).href);

/**
 * Adds examples and the addresses of the documentation to the help of a command.
 * @param examples each one is a command line without `billetera`, and what it does
 */
export function addExamples(command: Command, examples: readonly (readonly [line: string, does: string])[]): Command {
  const lines = examples.map(([line, does]) => `  # ${does}\n  billetera${line === '' ? '' : ` ${line}`}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}\n\nDocumentation: ${english}\nDocumentación: ${spanish}`);
}
