import Type, { type Static, type TObject } from 'typebox';
import { durationHint, parseDuration } from '../../clock/duration.js';
import { closed } from '../../schemas/common.js';
import type { ListFilter } from '../../sdk/client/journal.js';
import type { Settings } from '../../sdk/client/records.js';
import type { Scenario } from '../../sdk/client/scenario-types.js';
import type { Wallet } from '../../sdk/client/wallet.js';
import { text } from '../../texts/text.js';
import { TextError } from '../../texts/text-error.js';

/** Something that an assistant can do with a running emulator. */
export interface Tool {
  name: string;
  description: string;
  input: TObject;
  /** The tool changes nothing. */
  readsOnly: boolean;
  run(wallet: Wallet, input: unknown): Promise<unknown>;
}

const requiredText = (description: string) => Type.String({ minLength: 1, description });
const optionalText = (description: string) => Type.Optional(requiredText(description));
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'at most so many; default 20' }));
const defaultLimit = 20;
/** Any duration that the control API takes. @param what it is for */
const durationField = (what: string) =>
  Type.Union([Type.String({ minLength: 1 }), Type.Number({ minimum: 0 })], { description: `${what}: ${durationHint}` });
const record = (description: string) => Type.Object({}, { additionalProperties: true, description });

/** @throws TextError if it is not a duration */
function checkDuration(by: string | number): void {
  if (parseDuration(by) === undefined)
    throw new TextError(text('duration-wrong', { field: 'by', value: JSON.stringify(by).slice(0, 60) }));
}

function tool<Fields extends Record<string, Type.TSchema>>(
  name: string,
  description: string,
  fields: Fields,
  run: (wallet: Wallet, input: Static<TObject<Fields>>) => Promise<unknown>,
  readsOnly = false,
): Tool {
  const input = Type.Object(fields, closed);
  return { name, description, input, readsOnly, run: (wallet, checked) => run(wallet, checked as Static<TObject<Fields>>) };
}

function reader<Fields extends Record<string, Type.TSchema>>(
  name: string,
  description: string,
  fields: Fields,
  run: (wallet: Wallet, input: Static<TObject<Fields>>) => Promise<unknown>,
): Tool {
  return tool(name, description, fields, run, true);
}

/** The tools of `billetera mcp`. Most values are checked by the control API, whose messages name the field. */
export const tools: readonly Tool[] = [
  reader(
    'list_records',
    'Lists the clients (merchants), mini programs or users of the emulator, with their ids.',
    { kind: Type.Enum(['clients', 'apps', 'users'], { description: 'what to list' }) },
    async (wallet, { kind }) => ({ [kind]: await wallet[kind as 'users'].list() }),
  ),
  tool(
    'issue_auth_code',
    'Issues an authCode without a browser, as if the user had agreed on the consent screen. The merchant exchanges it with applyToken.',
    {
      clientId: requiredText('the merchant'),
      userId: requiredText('the user who agrees'),
      scopes: Type.Array(Type.String(), { minItems: 1, description: 'such as USER_ID or auth_user' }),
      appId: optionalText('the mini program; default: none'),
      lifetime: Type.Optional(durationField('how long the code works')),
    },
    (wallet, input) => wallet.authCodes.issue(input as Parameters<Wallet['authCodes']['issue']>[0]),
  ),
  tool(
    'move_clock',
    "Moves, sets, freezes or runs the emulator's clock, on which codes and tokens expire. Without arguments it only reads the clock.",
    {
      by: Type.Optional(durationField('moves it forward')),
      now: optionalText('sets it: an ISO 8601 time'),
      frozen: Type.Optional(Type.Boolean({ description: 'true stops it, false lets it run' })),
    },
    async ({ clock }, { by, now, frozen }) => {
      // The API may refuse the time, but not a duration that is one. So a mistake in either changes nothing.
      if (by !== undefined) checkDuration(by);
      if (now !== undefined) await clock.set(now);
      if (by !== undefined) await clock.advance(by);
      if (frozen !== undefined) await (frozen ? clock.freeze() : clock.run());
      return clock.read();
    },
  ),
  tool(
    'add_scenario',
    'Makes something go wrong for the next calls: a result code, an HTTP status, a delay, a fault, a refused consent. list_scenarios shows the library.',
    {
      scenario: record(
        'either { "library": name }, or a rule such as { "when": { "operation": "applyToken" }, "then": { "result": "USED_AUTHCODE" }, "times": 1 }',
      ),
    },
    (wallet, { scenario }) => wallet.scenarios.add(scenario as Scenario),
  ),
  reader('list_scenarios', 'Lists the scenarios that are on, and the library that add_scenario can use.', {}, async (wallet) => ({
    scenarios: await wallet.scenarios.list(),
    library: await wallet.scenarios.library(),
  })),
  tool(
    'remove_scenarios',
    'Removes one scenario, or all.',
    { id: optionalText('the scenario; default: all') },
    async (wallet, { id }) => {
      await (id === undefined ? wallet.scenarios.clear() : wallet.scenarios.remove(id));
      return { scenarios: await wallet.scenarios.list() };
    },
  ),
  reader(
    'read_journal',
    'Lists the latest calls, newest first. `reason` says in a sentence why each ended as it did. Read this first if something failed.',
    {
      operation: optionalText('such as applyToken'),
      resultCode: optionalText('such as USED_AUTHCODE'),
      clientId: optionalText('the merchant'),
      kind: optionalText('openapi, jsapi, control, notification or recorded'),
      finding: optionalText('the code of a finding'),
      q: optionalText('a text in the path, the codes, the reason or a body'),
      limit,
    },
    async (wallet, filter) => {
      const entries = await wallet.journal.list({ limit: defaultLimit, ...filter } as ListFilter);
      return {
        entries: entries.map(({ id, kind, at, operation, method, path, status, resultCode, reason, scenario, findings }) => ({
          ...{ id, kind, at, operation, method, path, status, resultCode, reason, scenario, findings },
        })),
      };
    },
  ),
  reader(
    'read_call',
    'Reads one call of the journal whole: headers, bodies and what its signature shows.',
    { id: requiredText('the id in the journal') },
    (wallet, { id }) => wallet.journal.get(id),
  ),
  reader(
    'explain_signature',
    'Says whether the signature of a request verifies, what must be signed, and which mistake was made.',
    { request: requiredText('the request as a curl command, raw HTTP or HAR') },
    (wallet, { request }) => wallet.explainSignature({ text: request }),
  ),
  reader('list_findings', 'Lists the mistakes of the integration that were noticed, with advice.', {}, async (wallet) => ({
    findings: await wallet.findings(),
  })),
  reader(
    'read_settings',
    'Reads the settings: the wallet, the user who is logged in, who decides on consents, lifetimes.',
    {},
    (wallet) => wallet.settings.read(),
  ),
  tool(
    'change_settings',
    'Changes settings, such as the wallet, the user who is logged in, or consent (ask, grant, deny).',
    { settings: record('the settings to change, such as { "consent": "grant" }') },
    (wallet, { settings }) => wallet.settings.change(settings as Partial<Settings>),
  ),
  reader(
    'inspect_token',
    'Says what a whole authCode, access token or refresh token is: whose, for what, and whether it still works.',
    { token: requiredText('the whole code or token') },
    (wallet, { token }) => wallet.tokens.inspect(token),
  ),
  reader(
    'list_authorizations',
    'Lists the authorizations, newest first: from getAuthCode to the end of the tokens.',
    { limit },
    async (wallet, filter) => ({ authorizations: await wallet.authorizations.list({ limit: defaultLimit, ...filter }) }),
  ),
  reader(
    'read_authorization',
    'Reads one authorization with its calls.',
    { authorizationId: requiredText('the id of the authorization') },
    (wallet, { authorizationId }) => wallet.authorizations.read(authorizationId),
  ),
  tool(
    'reset',
    'Sets the emulator, or its tenant, back to the fixtures: no tokens, consents, scenarios or journal, and the clock runs.',
    {},
    async (wallet) => {
      await wallet.reset();
      return wallet.settings.read();
    },
  ),
];
