import { libraryInWords } from '../pages/library-text.js';
import { library, libraryScenario } from '../scenarios/library.js';

const usage = `For one call:    -H 'X-Emulator-Scenario: code-expired'
For every call:  curl -s http://127.0.0.1:4010/_emulator/scenarios -H 'Content-Type: application/json' -d '{"library":"user-refuses"}'
In a browser:    http://127.0.0.1:4010/scenarios
Print its rule:  billetera scenarios user-refuses
`;

/**
 * Lists the built-in scenarios, or prints the rule of one as JSON, for the control API or for scenarios.json.
 * @throws Error in one line if the name is unknown
 */
export function scenarios(name: string | undefined): void {
  if (name === undefined) {
    const list = library.map((known) => {
      const { title, does, expect } = libraryInWords(known);
      return `${known.name}\n  ${title}. ${does}\n  What a good integration does: ${expect}\n`;
    });
    process.stdout.write(`${list.join('\n')}\n${usage}`);
    return;
  }
  const found = libraryScenario(name);
  if (found === undefined)
    throw new Error(`unknown scenario "${name}": expected ${library.map((known) => known.name).join(', ')}`);
  process.stdout.write(`${JSON.stringify({ id: found.name, ...found.scenario }, null, 2)}\n`);
}
