import type { KeyObject } from 'node:crypto';
import { authorizationOf, type Credentials, findCredentials } from '../engine/credentials.js';
import { type OperationResult, type Refusal, refuse } from '../engine/outcomes.js';
import { revokerText } from '../engine/revoker.js';
import type { DecidedScopes } from '../journal/entry.js';
import type { Fields } from '../profiles/fields.js';
import { lifetimesOf } from '../records/entries.js';
import { consentedScopes, usedScopes } from '../tenants/scope-use.js';
import { text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import { type OutgoingAnswer, writeAnswer } from './answer.js';
import { applyScenario } from './apply-scenario.js';
import { type CallFindings, startFindings } from './call-findings.js';
import { checkCaller } from './check-caller.js';
import { checkEnvelope, type Envelope, type OperationEnvelope, refuseUnknownPath } from './check-envelope.js';
import { checkSignature } from './check-signature.js';
import type { IncomingCall } from './incoming-call.js';
import { readContent } from './read-content.js';
import type { Answer } from './verbs/verb.js';
import { verbs } from './verbs/verbs.js';

type CallResult = OperationResult<{ answer: Answer }>;

/** A call with its answer, and what was found out about it. */
export interface HandledCall {
  result: CallResult;
  found: CallFindings;
  answer: OutgoingAnswer;
}

/** An authCode that is exchanged later than this is a finding (milliseconds). */
const promptExchangeMs = 10 * 60 * 1000;

/** Handles a call and signs the answer. */
export async function handleCall(
  call: IncomingCall,
  privateKey: KeyObject,
  onError: (error: unknown) => void,
): Promise<HandledCall> {
  const found = startFindings(call);
  const result = await resultOf(call, found).catch((error: unknown) => {
    onError(error);
    return refuse('exception-unknown', text('emulator-failed'));
  });
  noteReuse(result, found);
  const [answer, storageProblem] = await Promise.all([writeAnswer(call, found, result, privateKey), waitUntilStored(call)]);
  // A scenario whose use could not be stored does not act.
  if (storageProblem !== undefined) delete found.scenario;
  const refusal = storageProblem ?? (await withdrawnMeanwhile(call, result, found));
  if (refusal === undefined) return { result, found, answer };
  delete found.consented;
  return { result: refusal, found, answer: await writeAnswer(call, found, refusal, privateKey) };
}

/** Waits until everything that the answer tells is stored: the change of the call itself, and what it read. */
async function waitUntilStored({ tenant, turn }: IncomingCall): Promise<Refusal | undefined> {
  turn?.end();
  try {
    await tenant.settled();
    return undefined;
  } catch (error) {
    return refuse('process-failed', textOf(error));
  }
}

/** Does not give out tokens whose consent was withdrawn while they were stored and the answer was signed. */
async function withdrawnMeanwhile(
  { tenant }: IncomingCall,
  result: CallResult,
  { operation, fields }: CallFindings,
): Promise<Refusal | undefined> {
  if (result.outcome !== 'done' || operation?.verb !== 'exchange') return undefined;
  const stored = await tenant.store.findAccessToken((result.answer as { accessToken: string }).accessToken);
  if (stored?.grant.revokedAt === undefined) return undefined;
  const outcome = fields?.refreshToken === undefined ? 'auth-code-unknown' : 'refresh-token-unknown';
  return refuse(outcome, text('revoked-during-call', { revoker: revokerText(stored.grant) }));
}

/** Runs the checks in order, then the operation. The first check that fails answers. */
async function resultOf(call: IncomingCall, found: CallFindings): Promise<CallResult> {
  if (call.storageProblem !== undefined) return refuse('process-failed', call.storageProblem.text);
  const envelope = checkEnvelope(call, found);
  if ('outcome' in envelope) return envelope;
  const content = readContent(call, envelope.operation);
  const credentials = await findCredentials(call.tenant.store, content.fields);
  noteAuthorization(call, envelope, credentials, found);
  const unsigned = await checkSignature(call, envelope.client, found);
  if (unsigned !== undefined) return unsigned;

  const byScenario = await applyScenario(call, envelope, content, credentials, found);
  if (byScenario !== undefined) return byScenario;
  if (!hasOperation(envelope)) return refuseUnknownPath(call);
  if (content.refusal !== undefined) return content.refusal;

  noteRequest(content.fields, credentials, found);
  const refused = checkCaller(call, envelope, content.fields, credentials, found);
  if (refused !== undefined) return refused;
  noteLateExchange(call, credentials, found);
  const result = await runOperation(call, envelope, content.fields, credentials, found);
  noteResult(call, envelope, result, found);
  return result;
}

function hasOperation(envelope: Envelope): envelope is OperationEnvelope {
  return envelope.operation !== undefined;
}

function runOperation(
  { tenant, baseUrl }: IncomingCall,
  { operation, client }: OperationEnvelope,
  fields: Fields,
  credentials: Credentials,
  { app, scenario }: CallFindings,
): Promise<CallResult> {
  const lifetimes = scenario?.then.lifetimes;
  const caller = {
    client,
    baseUrl,
    ...(app && { app }),
    ...(lifetimes && { lifetimes: lifetimesOf(lifetimes, 'lifetimes') }),
  };
  return verbs[operation.verb]({ tenant, operation, client, caller, fields, credentials });
}

/** Notes the scopes that a call is about to use. They count as used if a scenario, a check or the token's end refuses the call. */
function noteAuthorization(
  { tenant }: IncomingCall,
  { operation }: Envelope,
  credentials: Credentials,
  found: CallFindings,
): void {
  const authorization = authorizationOf(credentials);
  if (authorization?.authorizationId === undefined) return;
  found.authorizationId = authorization.authorizationId;
  if (operation !== undefined) found.used = usedScopes(tenant.profile, operation, authorization.scopes);
}

function noteRequest(fields: Fields, credentials: Credentials, found: CallFindings): void {
  found.fields = fields;
  for (const { value } of Object.values(credentials)) found.secrets.push(value);
}

function noteLateExchange({ tenant }: IncomingCall, { authCode }: Credentials, { findings }: CallFindings): void {
  const issuedAt = authCode?.stored?.issuedAt;
  if (issuedAt !== undefined && tenant.clock.now() - issuedAt > promptExchangeMs) findings.add('auth-code-kept');
}

/** Notes whose data an operation read, and the tokens that it issued. */
function noteResult({ tenant }: IncomingCall, { operation }: OperationEnvelope, result: CallResult, found: CallFindings): void {
  if (result.outcome !== 'done') return;
  const { grant, accessToken, refreshToken, authCode, authorizationId, decided } = result.answer as {
    grant?: { userId: string; scopes: string[]; appId?: string };
    authCode?: string;
    authorizationId?: string;
    decided?: DecidedScopes;
    accessToken?: string;
    refreshToken?: string;
  };
  if (grant !== undefined) {
    found.userId = grant.userId;
    found.scopes = grant.scopes;
    found.used = usedScopes(tenant.profile, operation, grant.scopes);
    if (found.fields?.authCode !== undefined && found.scenario?.then.fault === undefined)
      found.consented = consentedScopes(tenant.profile, grant.scopes);
    const app = grant.appId === undefined ? undefined : tenant.apps.get(grant.appId);
    if (app !== undefined) found.app = app;
  }
  if (authorizationId !== undefined) found.authorizationId = authorizationId;
  if (decided !== undefined) found.decided = decided;
  for (const token of [authCode, accessToken, refreshToken]) if (token !== undefined) found.secrets.push(token);
}

/** Notes that a code or token was used again, or after it was revoked. A result that a scenario set tells nothing about that. */
function noteReuse(result: CallResult, { findings, code }: CallFindings): void {
  if (code !== undefined) return;
  if (result.outcome === 'auth-code-used') findings.add('auth-code-reused');
  if (result.outcome === 'refresh-token-used') findings.add('refresh-token-reused');
  if ('revoked' in result && result.revoked) findings.add('token-after-revoke');
}
