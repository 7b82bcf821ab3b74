import Type, { type Static } from 'typebox';
import { libraryInWords } from '../../pages/library-text.js';
import { library, libraryGroups, libraryScenario } from '../../scenarios/library.js';
import type { RunningScenario } from '../../scenarios/scenario-list.js';
import { hitFields, Scenario, type ScenarioRecord } from '../../scenarios/schema.js';
import { closed } from '../../schemas/common.js';
import { mergePatch } from '../../schemas/merge-patch.js';
import { problemText, unknownField } from '../../schemas/problem.js';
import { findScenarioProblem } from '../../tenants/check-scenario.js';
import type { Tenant } from '../../tenants/tenant.js';
import { text } from '../../texts/text.js';
import { exists, invalid, notFound } from '../control-error.js';
import { locationOf } from '../created.js';
import { patchMediaTypes } from '../document-conventions.js';
import { noteChange } from '../journal-changes.js';
import { mergePatchSchema } from '../merge-patch-schema.js';
import type { ControlApp, ControlPlugin } from '../options.js';
import { NoContent, responses } from '../response-schemas.js';
import { validate } from '../validation.js';

export const Running = Type.Object(
  { ...Scenario.properties, id: Type.String(), ...hitFields },
  { ...closed, description: 'A scenario, and how often it matched' },
);
const RunningList = Type.Object(
  { scenarios: Type.Array(Running) },
  { description: 'In order of creation: the first match acts' },
);
const { then, ...otherProperties } = Scenario.properties;
const { id: _, ...changeable } = Scenario.properties;
export const NewScenario = Type.Object(
  {
    ...otherProperties,
    // biome-ignore lint/suspicious/noThenProperty: as above
    then: Type.Optional(then),
    library: Type.Optional(
      Type.String({
        description: 'the name of a scenario in the library; other fields of the body replace its fields',
      }),
    ),
  },
  {
    ...closed,
    description: 'A rule: which calls it matches, what it does to them, and how often',
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
  group: Type.Enum(libraryGroups, { description: 'the part of the library' }),
  does: Type.String({ description: 'what happens' }),
  expect: Type.String({ description: 'what a good integration does in this case' }),
  scenario: Scenario,
});
const Library = Type.Object(
  { scenarios: Type.Array(LibraryScenario) },
  { description: 'Ready-made scenarios for common failures' },
);
const WithId = Type.Object({ id: Type.String() });
const params = WithId;

const tags = ['scenarios'];
const all = '/_emulator/scenarios';

export const scenarios: ControlPlugin = async (app) => {
  addList(app);
  addLibrary(app);
  addRead(app);
  addCreate(app);
  addChange(app);
  addClear(app);
  addDelete(app);
};

function addList(app: ControlApp): void {
  const list = {
    operationId: 'listScenarios',
    tags,
    summary: 'Lists all scenarios, and how often each matched',
    response: responses(200, RunningList),
  };
  app.get(all, { schema: list }, async ({ tenant }) => ({ scenarios: tenant.scenarios.all().map(presentScenario) }));
}

function addLibrary(app: ControlApp): void {
  const listLibrary = {
    operationId: 'listScenarioLibrary',
    tags,
    summary: 'Lists the scenarios of the library',
    response: responses(200, Library),
  };
  app.get(`${all}/library`, { schema: listLibrary }, async () => ({
    scenarios: library.map((known) => ({ ...known, ...libraryInWords(known) })),
  }));
}

function addRead(app: ControlApp): void {
  const read = {
    operationId: 'readScenario',
    tags,
    summary: 'Reads one scenario',
    params,
    response: responses(200, Running, 404),
  };
  app.get(`${all}/:id`, { schema: read }, async ({ tenant, params: { id } }) => {
    const scenario = tenant.scenarios.get(id);
    if (scenario === undefined) throw noScenario(id);
    return presentScenario(scenario);
  });
}

function addCreate(app: ControlApp): void {
  const create = {
    operationId: 'createScenario',
    tags,
    summary: 'Adds a scenario',
    description:
      'Adds it after the existing scenarios. Without an id it gets one; a scenario from the library gets its name there.',
    body: NewScenario,
    response: responses(201, Running, 400, 409),
  };
  app.post(all, { schema: create }, async (request, reply) => {
    const { tenant } = request;
    const record = recordOf(request.body);
    checkFits(tenant, record);
    const scenario = tenant.scenarios.add(record);
    if (scenario === undefined) throw exists(text('scenario-exists', { id: record.id ?? '' }));
    noteChange(request, text('scenario-added', { id: scenario.id }));
    return reply
      .status(201)
      .header('location', locationOf(request, 'scenarios', scenario.id))
      .send(presentScenario(scenario));
  });
}

function addChange(app: ControlApp): void {
  const change = {
    operationId: 'changeScenario',
    tags,
    summary: 'Changes a scenario',
    description:
      'A merge patch (RFC 7396): objects are merged, and null removes a field. The scenario stays in its place, and its counts start again at 0.',
    consumes: patchMediaTypes,
    params,
    body: mergePatchSchema(Type.Object(changeable)),
    response: responses(200, Running, 400, 404),
  };
  // The merged scenario is validated, not the patch: the patch may have null for optional fields.
  const AnyObject = Type.Object({});
  const validatorCompiler = () => (value: unknown) => validate(AnyObject, value, 'the-body');
  app.patch(`${all}/:id`, { schema: change, validatorCompiler }, async (request) => {
    const { tenant, params } = request;
    const { id } = params as Static<typeof WithId>;
    const before = tenant.scenarios.get(id);
    if (before === undefined) throw noScenario(id);
    const patch = request.body as Record<string, unknown>;
    const record = changedRecord(before, patch);
    checkFits(tenant, record);
    const names = Object.keys(patch);
    noteChange(request, text('scenario-changed', { id, fields: names.length > 0 ? names : text('no-field-named') }));
    return presentScenario(tenant.scenarios.change(id, record) as RunningScenario);
  });
}

function addClear(app: ControlApp): void {
  const clear = { operationId: 'deleteScenarios', tags, summary: 'Removes all scenarios', response: responses(204, NoContent) };
  app.delete(all, { schema: clear }, async (request, reply) => {
    const { scenarios } = request.tenant;
    noteChange(request, text('scenarios-removed', { count: scenarios.size }));
    scenarios.clear();
    return reply.status(204).send(null);
  });
}

function addDelete(app: ControlApp): void {
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
    noteChange(request, text('scenario-removed', { id }));
    return reply.status(204).send(null);
  });
}

/** @throws ControlError 400 */
function recordOf({ library: name, ...given }: Static<typeof NewScenario>): ScenarioRecord {
  const fromLibrary = name === undefined ? undefined : libraryScenario(name);
  if (name !== undefined && fromLibrary === undefined)
    throw invalid(
      text('library-unknown', { name: JSON.stringify(name.slice(0, 80)), known: library.map((known) => known.name) }),
    );
  const record = fromLibrary === undefined ? given : { id: fromLibrary.name, ...fromLibrary.scenario, ...given };
  if (record.then === undefined) throw invalid(text('then-missing'));
  return record as ScenarioRecord;
}

/** @throws ControlError 400 if the patch or the merged scenario is not valid */
function changedRecord({ id, record }: RunningScenario, patch: Record<string, unknown>): ScenarioRecord {
  const unknown = Object.keys(patch).find((name) => !Object.hasOwn(Scenario.properties, name));
  if (unknown !== undefined) throw invalid(unknownField(unknown, Object.keys(changeable)));
  if ('id' in patch && patch.id !== id) throw invalid(text('id-fixed', { field: 'id', id }));
  const merged = validate(Scenario, mergePatch(record, patch), 'the-body');
  if ('error' in merged) throw merged.error;
  return merged.value as ScenarioRecord;
}

/** @throws ControlError 400 if the scenario does not fit the wallet */
function checkFits({ profile }: Tenant, record: ScenarioRecord): void {
  const problem = findScenarioProblem(profile, record);
  if (problem !== undefined) throw invalid(problemText(problem, 'the-body'));
}

export function presentScenario({ record, id, calls, hits, asked }: RunningScenario): Static<typeof Running> {
  return { ...record, id, calls, hits, asked };
}

function noScenario(id: string) {
  return notFound(text('scenario-unknown', { id: id.slice(0, 128) }));
}
