import { parseTime } from '../clock/time.js';
import { lifetimesOf } from '../directory/entries.js';
import { type Ending, refuse } from '../platform/outcomes.js';
import { consentedScopes, usedScopes } from '../tenants/scope-use.js';
import { type OutgoingAnswer, type Platform, writeAnswer } from './answer.js';
import { type CallFindings, header, type IncomingCall } from './call.js';
import { checkCaller } from './check-caller.js';
import { checkEnvelope, readBody } from './check-envelope.js';
import { checkSignature, sentEncoding } from './check-signature.js';
import { endByScenario, findScenario } from './scenario.js';
import type { Answer } from './verbs/verb.js';
import { verbs } from './verbs/verbs.js';

/** A call that was answered, with all that was found out about it. */
export interface HandledCall {
  ending: Ending<{ answer: Answer }>;
  found: CallFindings;
  answer: OutgoingAnswer;
}

/** An authCode that is exchanged later than this after it was given was kept (milliseconds). */
const promptly = 10 * 60 * 1000;

/** A call's way through, from its bytes to its signed answer. The first check that fails answers. */
export async function handleCall(
  call: IncomingCall,
  platform: Platform,
  onError: (error: unknown) => void,
): Promise<HandledCall> {
  const encoding = sentEncoding(call);
  const found: CallFindings = {
    timeForm: parseTime(header(call, 'request-time'))?.form ?? call.tenant.profile.source.headers.time ?? 'iso',
    signedPath: call.path,
    signature: { mode: 'off', verified: null, mistakes: [], ...(encoding && { encoding }) },
    findings: new Set(),
    secrets: [],
  };
  const ending = await run(call, found, platform).catch((error: unknown) => {
    onError(error);
    return refuse('exception-unknown', 'the emulator failed on this call: its log says why; please report it');
  });
  note(ending, found);
  return { ending, found, answer: await writeAnswer(call, found, ending, platform) };
}

const reboundText =
  'a web page called the OpenAPI on a host name that is not this emulator’s (DNS rebinding): call it from a server, or start it with --allow-host';

async function run(call: IncomingCall, found: CallFindings, platform: Platform): Promise<Ending<{ answer: Answer }>> {
  const outside = call.rebound ? refuse('access-denied', reboundText) : checkEnvelope(call, found);
  const { operation, client } = found;
  if (client !== undefined) found.signature.mode = client.signature;
  if (operation !== undefined && (header(call, 'origin') !== '' || header(call, 'sec-fetch-site') !== ''))
    found.findings.add('token-in-browser');
  if (outside !== undefined || operation === undefined || client === undefined)
    return outside ?? refuse('path-unknown', call.path);

  const unsigned = call.unreadable === undefined ? await checkSignature(call, client, found) : undefined;
  if (unsigned !== undefined) return unsigned;
  const json = readBody(call);
  const scenario = await findScenario(call, operation, found, 'body' in json ? json.body : undefined);
  if (scenario !== undefined && 'unknown' in scenario) return refuse('parameter-illegal', scenario.unknown);
  if (scenario !== undefined) {
    found.scenario = scenario;
    const ended = endByScenario(call, scenario);
    if (ended !== undefined) return ended;
    if (scenario.then.status !== undefined)
      return { outcome: 'done', answer: {}, reason: `the scenario ${scenario.id} answered HTTP ${scenario.then.status}` };
  }
  if ('refusal' in json) return json.refusal;
  const read = operation.readFields(json.body);
  if ('field' in read) return refuse('parameter-illegal', read.message);
  const { fields } = read;
  found.fields = fields;
  for (const secret of [fields.authCode, fields.accessToken, fields.refreshToken])
    if (typeof secret === 'string') found.secrets.push(secret);

  const refused = checkCaller(call, client, fields, found);
  if (refused !== undefined) return refused;
  await noteKeptCode(call, found);
  const ending = await verbs[operation.verb]({
    tenant: call.tenant,
    operation,
    client,
    caller: { client, ...(found.app && { app: found.app }), ...askedLifetimes(found) },
    fields,
    baseUrl: platform.baseUrl(),
  });
  if (ending.outcome === 'done') {
    const { line, accessToken, refreshToken } = ending.answer as {
      line?: { userId: string; scopes: string[]; appId?: string };
      accessToken?: string;
      refreshToken?: string;
    };
    if (line !== undefined) {
      found.userId = line.userId;
      found.scopes = line.scopes;
      found.used = usedScopes(call.tenant.profile, operation, line.scopes);
      if (fields.authCode !== undefined) found.consented = consentedScopes(call.tenant.profile, line.scopes);
      const app = line.appId === undefined ? undefined : call.tenant.apps.get(line.appId);
      if (app !== undefined) found.app = app;
    }
    for (const secret of [accessToken, refreshToken]) if (secret !== undefined) found.secrets.push(secret);
  }
  return ending;
}

/** A scenario's lifetimes outweigh all others. */
function askedLifetimes({ scenario }: CallFindings) {
  const lifetimes = scenario?.then.lifetimes;
  return lifetimes === undefined ? {} : { lifetimes: lifetimesOf(lifetimes, 'lifetimes') };
}

async function noteKeptCode({ tenant }: IncomingCall, found: CallFindings): Promise<void> {
  const authCode = found.fields?.authCode;
  const code = typeof authCode === 'string' ? await tenant.store.findAuthCode(authCode) : undefined;
  if (code !== undefined && tenant.clock.now() - code.issuedAt > promptly) found.findings.add('auth-code-kept');
}

/** What an ending says of the integration. */
function note(ending: Ending<unknown>, { findings }: CallFindings): void {
  if (ending.outcome === 'auth-code-used') findings.add('auth-code-reused');
  if (ending.outcome === 'refresh-token-used') findings.add('refresh-token-reused');
  if ('revoked' in ending && ending.revoked) findings.add('token-after-revoke');
}
