import { libraryInWords } from '../pages/library-text.js';
import { library, libraryScenario } from '../scenarios/library.js';
import { printJson } from './print-json.js';

const usage = `For one call:    -H 'X-Emulator-Scenario: code-expired'
For every call:  curl -s http://127.0.0.1:4010/_emulator/scenarios -H 'Content-Type: application/json' -d '{"library":"user-refuses"}'
In a browser:    http://127.0.0.1:4010/scenarios
Print its rule:  billetera scenarios user-refuses
`;

/**
 * Lists the built-in scenarios, or prints the rule of one as JSON, for the control API or for scenarios.json.
 * @param json prints the list as JSON
 * @throws Error in one line if the name is unknown
 */
export function scenarios(name: string | undefined, json = false): void {
  if (name === undefined) {
    const list = library.map((known) => ({ name: known.name, ...libraryInWords(known) }));
    if (json) printJson({ scenarios: list });
    else process.stdout.write(`${list.map(inText).join('\n')}\n${usage}`);
    return;
  }
  const found = libraryScenario(name);
  if (found === undefined)
    throw new Error(`unknown scenario "${name}": expected ${library.map((known) => known.name).join(', ')}`);
  printJson({ id: found.name, ...found.scenario });
}

function inText({ name, title, does, expect }: Record<'name' | 'title' | 'does' | 'expect', string>): string {
  return `${name}\n  ${title}. ${does}\n  What a good integration does: ${expect}\n`;
}
