import { parseTime } from '../clock/time.js';
import { type OperationResult, refuse } from '../engine/outcomes.js';
import { lifetimesOf } from '../records/entries.js';
import { consentedScopes, usedScopes } from '../tenants/scope-use.js';
import { type OutgoingAnswer, type Platform, writeAnswer } from './answer.js';
import { endByScenario, scenarioFor } from './apply-scenario.js';
import { type CallFindings, header, type IncomingCall } from './call.js';
import { checkCaller } from './check-caller.js';
import { checkEnvelope, readBody } from './check-envelope.js';
import { checkSignature, sentEncoding } from './check-signature.js';
import type { Answer } from './verbs/verb.js';
import { verbs } from './verbs/verbs.js';

/** A call that was answered, with all that was found out about it. */
export interface HandledCall {
  result: OperationResult<{ answer: Answer }>;
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
  const result = await run(call, found, platform).catch((error: unknown) => {
    onError(error);
    return refuse('exception-unknown', 'the emulator failed on this call: its log says why; please report it');
  });
  note(result, found);
  return { result, found, answer: await writeAnswer(call, found, result, platform) };
}

const reboundText =
  'a web page called the OpenAPI on a host name that is not this emulator’s (DNS rebinding): call it from a server, or start it with --allow-host';

async function run(call: IncomingCall, found: CallFindings, platform: Platform): Promise<OperationResult<{ answer: Answer }>> {
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
  const scenario = await scenarioFor(call, operation, found, 'body' in json ? json.body : undefined);
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
  await noteLateExchange(call, found);
  const result = await verbs[operation.verb]({
    tenant: call.tenant,
    operation,
    client,
    caller: { client, ...(found.app && { app: found.app }), ...askedLifetimes(found) },
    fields,
    baseUrl: platform.baseUrl(),
  });
  if (result.outcome === 'done') {
    const { grant, accessToken, refreshToken } = result.answer as {
      grant?: { userId: string; scopes: string[]; appId?: string };
      accessToken?: string;
      refreshToken?: string;
    };
    if (grant !== undefined) {
      found.userId = grant.userId;
      found.scopes = grant.scopes;
      found.used = usedScopes(call.tenant.profile, operation, grant.scopes);
      if (fields.authCode !== undefined) found.consented = consentedScopes(call.tenant.profile, grant.scopes);
      const app = grant.appId === undefined ? undefined : call.tenant.apps.get(grant.appId);
      if (app !== undefined) found.app = app;
    }
    for (const secret of [accessToken, refreshToken]) if (secret !== undefined) found.secrets.push(secret);
  }
  return result;
}

/** A scenario's lifetimes outweigh all others. */
function askedLifetimes({ scenario }: CallFindings) {
  const lifetimes = scenario?.then.lifetimes;
  return lifetimes === undefined ? {} : { lifetimes: lifetimesOf(lifetimes, 'lifetimes') };
}

async function noteLateExchange({ tenant }: IncomingCall, found: CallFindings): Promise<void> {
  const authCode = found.fields?.authCode;
  const code = typeof authCode === 'string' ? await tenant.store.findAuthCode(authCode) : undefined;
  if (code !== undefined && tenant.clock.now() - code.issuedAt > promptly) found.findings.add('auth-code-kept');
}

/** What an ending says of the integration. */
function note(result: OperationResult<unknown>, { findings }: CallFindings): void {
  if (result.outcome === 'auth-code-used') findings.add('auth-code-reused');
  if (result.outcome === 'refresh-token-used') findings.add('refresh-token-reused');
  if ('revoked' in result && result.revoked) findings.add('token-after-revoke');
}
