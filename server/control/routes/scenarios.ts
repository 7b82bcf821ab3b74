import Type, { type Static } from 'typebox';
import { libraryInWords } from '../../pages/library-text.js';
import { library, libraryScenario } from '../../scenarios/library.js';
import type { RunningScenario } from '../../scenarios/scenario-list.js';
import { hitFields, Scenario, type ScenarioRecord } from '../../scenarios/schema.js';
import { closed } from '../../schemas/common.js';
import { scenarioProblem } from '../../tenants/check-scenario.js';
import { exists, invalid, notFound } from '../control-error.js';
import { noteChange } from '../journal-changes.js';
import type { ControlPlugin } from '../options.js';
import { NoContent, responses } from '../response-schemas.js';

export const Running = Type.Object(
  { ...Scenario.properties, id: Type.String(), ...hitFields },
  { ...closed, description: 'A scenario, and how often it was met' },
);
const RunningList = Type.Object(
  { scenarios: Type.Array(Running) },
  { description: 'In the order of their creation: the first that matches acts' },
);
const { then, ...besides } = Scenario.properties;
export const NewScenario = Type.Object(
  {
    ...besides,
    // biome-ignore lint/suspicious/noThenProperty: as above
    then: Type.Optional(then),
    library: Type.Optional(
      Type.String({
        description: 'the name of a scenario of the library: what is given besides takes the place of what it says',
      }),
    ),
  },
  {
    ...closed,
    description: 'A rule: when a call looks like this, do that to it, this many times',
    examples: [
      {
        id: 'used-code-once',
        when: { operation: 'applyToken' },
        // biome-ignore lint/suspicious/noThenProperty: the users' own word for it (contract), in data that nobody awaits
        then: { result: 'USED_AUTHCODE' },
        times: 1,
      },
      { library: 'user-refuses', times: 1 },
    ],
  },
);
export const LibraryScenario = Type.Object({
  name: Type.String(),
  title: Type.String(),
  does: Type.String({ description: 'what happens' }),
  expect: Type.String({ description: 'what a good integration does then' }),
  scenario: Scenario,
});
const Library = Type.Object(
  { scenarios: Type.Array(LibraryScenario) },
  { description: 'What goes wrong most, ready to be chosen' },
);
const params = Type.Object({ id: Type.String() });

const tags = ['scenarios'];
const all = '/_emulator/scenarios';

export const scenarios: ControlPlugin = async (app) => {
  const list = {
    operationId: 'listScenarios',
    tags,
    summary: 'All scenarios, with how often they were met',
    response: responses(200, RunningList),
  };
  app.get(all, { schema: list }, async ({ tenant }) => ({ scenarios: tenant.scenarios.all().map(view) }));

  const shelf = { operationId: 'listScenarioLibrary', tags, summary: 'Scenarios by name', response: responses(200, Library) };
  app.get(`${all}/library`, { schema: shelf }, async () => ({
    scenarios: library.map((known) => ({ ...known, ...libraryInWords(known) })),
  }));

  const read = { operationId: 'readScenario', tags, summary: 'One scenario', params, response: responses(200, Running, 404) };
  app.get(`${all}/:id`, { schema: read }, async ({ tenant, params: { id } }) => {
    const scenario = tenant.scenarios.get(id);
    if (scenario === undefined) throw noScenario(id);
    return view(scenario);
  });

  const create = {
    operationId: 'createScenario',
    tags,
    summary: 'Adds a scenario',
    description: 'Behind those that there are. Without an id it is given one; one of the library has its name.',
    body: NewScenario,
    response: responses(201, Running, 400, 409),
  };
  app.post(all, { schema: create }, async (request, reply) => {
    const { tenant } = request;
    const record = recordOf(request.body);
    const problem = scenarioProblem(tenant.profile, record);
    if (problem !== undefined) throw invalid(problem);
    const scenario = tenant.scenarios.add(record);
    if (scenario === undefined)
      throw exists(`id: the scenario ${record.id} is there already; delete it first, or take another id`);
    noteChange(request, `the scenario ${scenario.id} was added`);
    return reply.status(201).send(view(scenario));
  });

  const clear = { operationId: 'deleteScenarios', tags, summary: 'Removes all scenarios', response: responses(204, NoContent) };
  app.delete(all, { schema: clear }, async (request, reply) => {
    const { scenarios } = request.tenant;
    noteChange(request, `all scenarios were removed: ${scenarios.size}`);
    scenarios.clear();
    return reply.status(204).send(null);
  });

  const remove = {
    operationId: 'deleteScenario',
    tags,
    summary: 'Removes a scenario',
    params,
    response: responses(204, NoContent, 404),
  };
  app.delete(`${all}/:id`, { schema: remove }, async (request, reply) => {
    const { id } = request.params;
    if (!request.tenant.scenarios.delete(id)) throw noScenario(id);
    noteChange(request, `the scenario ${id} was removed`);
    return reply.status(204).send(null);
  });
};

/** @throws ControlError 400 */
function recordOf({ library: name, ...given }: Static<typeof NewScenario>): ScenarioRecord {
  const shelved = name === undefined ? undefined : libraryScenario(name);
  if (name !== undefined && shelved === undefined)
    throw invalid(`library: expected one of ${library.map((known) => known.name).join(', ')}`);
  const record = shelved === undefined ? given : { id: shelved.name, ...shelved.scenario, ...given };
  if (record.then === undefined)
    throw invalid('then: expected what is done to the call, or the name of a scenario of the library');
  return record as ScenarioRecord;
}

function view({ record, id, calls, hits, asked }: RunningScenario): Static<typeof Running> {
  return { ...record, id, calls, hits, asked };
}

function noScenario(id: string) {
  return notFound(`id: there is no scenario ${id.slice(0, 128)} here`);
}
