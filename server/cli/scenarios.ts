import { libraryInWords } from '../pages/library-text.js';
import { library, libraryScenario } from '../scenarios/library.js';

const next = `One call alone:  -H 'X-Emulator-Scenario: code-expired'
All that match:  curl -s http://127.0.0.1:4010/_emulator/scenarios -H 'Content-Type: application/json' -d '{"library":"user-refuses"}'
By hand:         http://127.0.0.1:4010/scenarios
Its rule:        billetera scenarios user-refuses
`;

/**
 * Lists the scenarios that have a name, or prints one as JSON, for a body of the control API or a line of scenarios.json.
 * @throws Error in one line for a name that there is not
 */
export function scenarios(name: string | undefined): void {
  if (name === undefined) {
    const list = library.map((known) => {
      const { title, does, expect } = libraryInWords(known);
      return `${known.name}\n  ${title}. ${does}\n  A good integration: ${expect}\n`;
    });
    process.stdout.write(`${list.join('\n')}\n${next}`);
    return;
  }
  const found = libraryScenario(name);
  if (found === undefined) throw new Error(`scenarios ${name}: expected one of ${library.map((known) => known.name).join(', ')}`);
  process.stdout.write(`${JSON.stringify({ id: found.name, ...found.scenario }, null, 2)}\n`);
}
