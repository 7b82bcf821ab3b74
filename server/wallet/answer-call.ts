import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsapiError, jsapiErrorText } from '../engine/jsapi-errors.js';
import type { Lifetimes } from '../engine/parties.js';
import { randomId } from '../engine/random-id.js';
import { tenantBase } from '../http/address.js';
import { listUntilAnswered } from '../http/running-call.js';
import { holdBack, sendWithFault, waitForCaller } from '../http/scenario-faults.js';
import type { DecidedScopes, JournalEntry } from '../journal/entry.js';
import type { Jsapi } from '../profiles/profile.js';
import { lifetimesOf, type UserEntry } from '../records/entries.js';
import { delayOf } from '../scenarios/delay.js';
import type { AppliedScenario } from '../scenarios/scenario-list.js';
import { decideWithoutUser } from '../tenants/decide-without-user.js';
import { consentedScopes } from '../tenants/scope-use.js';
import type { Tenant } from '../tenants/tenant.js';
import { quote, type Text, text } from '../texts/text.js';
import { findJsapiScenario, presetAnswerOf } from './apply-scenario.js';
import { asksUser } from './consent.js';
import { findMiniProgram, type MiniProgram } from './find-mini-program.js';
import { authorizationAnswer, failureAnswer, type JsapiAnswer, plainAnswer } from './jsapi-answer.js';
import { addJsapiEntry, type JsapiCall, unfinishedCall } from './jsapi-entry.js';
import { invalidParameters, JsapiFailure, notPermitted } from './jsapi-failure.js';
import { locateTicket } from './locate-ticket.js';
import { type OpenedSheet, openPreparedSheet, openSheet, type SheetRequest } from './open-sheet.js';
import type { CallBody } from './read-call.js';
import { readPurpose } from './read-purpose.js';
import { readScopes } from './read-scopes.js';
import { refuseAll } from './refuse-all.js';

/** A call that is being answered. */
interface Call extends CallBody {
  request: FastifyRequest;
  params: Record<string, unknown>;
  origin: string | undefined;
  /** The called JSAPI, if the wallet has it. */
  jsapi: Jsapi | undefined;
  /** The journal's part. Each step adds what it finds out, so that the entry of a failed call has it too. */
  entry: JsapiCall;
  scenario?: AppliedScenario | undefined;
  /** The key of the call among the running ones, if a delay holds it back. */
  runningKey?: string;
}

/** The kinds of calls: open a prepared authorization, pay, ask for scopes, or give the profile's answer. */
type Verb = 'open' | 'pay' | Jsapi['verb'];

/** The mini program, the user and the scopes of a call. */
interface Caller extends MiniProgram {
  user: UserEntry;
  /** Empty if the call asks for no authorization. */
  scopes: string[];
}

/** A call ends with an answer, or with a sheet that gives the answer later. */
type CallResult = OpenedSheet | AnsweredCall;

interface AnsweredCall {
  answer: JsapiAnswer;
  reason: Text;
  decided?: DecidedScopes;
}

const json = { 'content-type': 'application/json; charset=utf-8' };

/** Answers a call of the bridge. The journal gets an entry, unless a sheet opens: then the sheet's answer is the entry. */
export async function answerCall(request: FastifyRequest, reply: FastifyReply, body: CallBody): Promise<FastifyReply> {
  const call = startCall(request, body);
  const result = await runCall(call)
    .catch((error: unknown) => failureResult(call, error))
    .catch((error: unknown) => {
      endDelay(call);
      throw error;
    });
  const fault = call.scenario?.then.fault;
  if ('answer' in result) {
    const entry = addEntry(call, result);
    endDelay(call, entry);
    if (fault === 'hang') listUntilAnswered(reply, request.tenant, entry, 'caller');
  } else {
    endDelay(call);
    listOpenSheet(call, result);
  }
  return sendWithFault(reply, fault, {
    status: 200,
    headers: json,
    body: Buffer.from(JSON.stringify('answer' in result ? result.answer : result.sheet)),
  });
}

function addEntry({ request: { tenant }, entry }: Call, { answer, reason, decided }: AnsweredCall): JournalEntry {
  const consented = consentedScopes(tenant.profile, decided?.granted ?? []);
  return addJsapiEntry(tenant, { ...entry, consented, ...(decided && { decided }) }, answer, reason);
}

/** Lists the call as running while it is delayed. @param ms the delay in milliseconds */
function beginDelay(call: Call, ms: number): void {
  if (ms > 0) call.runningKey ??= call.request.tenant.running.begin(unfinishedCall(call.entry), 'delay');
}

function endDelay({ request, runningKey }: Call, entry?: JournalEntry): void {
  if (runningKey !== undefined) request.tenant.running.end(runningKey, entry);
}

/** Lists the call as running until its sheet is answered or expires. */
function listOpenSheet({ entry }: Call, { sheet: { id }, tenant, expiresAt }: OpenedSheet): void {
  tenant.running.begin(unfinishedCall(entry), 'user', { key: id, endsAt: expiresAt });
}

function startCall(request: FastifyRequest, body: CallBody): Call {
  return {
    ...body,
    request,
    params: body.params ?? {},
    origin: request.headers.origin?.toLowerCase(),
    jsapi: request.tenant.profile.jsapis.get(body.name),
    entry: {
      name: body.name,
      path: request.originalUrl,
      request: { headers: request.headers, body: JSON.stringify(body) },
      findings: [],
      began: performance.now(),
    },
  };
}

/** @throws JsapiFailure */
async function runCall(call: Call): Promise<CallResult> {
  checkNotOpaque(call);
  const verb = findVerb(call);
  const caller = identifyCaller(call, verb);
  await applyScenario(call, verb, caller);
  switch (verb) {
    case 'open':
      return openPrepared(call, caller);
    case 'pay':
      return openSheet(call.request, sheetRequest(call, caller), 'payment');
    case 'answer':
      return answerAtOnce(call, caller);
    default:
      return authorize(call, caller);
  }
}

function failureResult({ request, jsapi }: Call, error: unknown): CallResult {
  if (!(error instanceof JsapiFailure)) throw error;
  return { answer: failureAnswer(request.tenant, jsapi, error.error, error.message), reason: error.reason };
}

/** A page with an opaque origin ("null") cannot be sent a result by postMessage. */
function checkNotOpaque({ origin }: Call): void {
  if (origin === 'null') throw notPermitted(text('opaque-origin'));
}

function findVerb({ request, name, params, jsapi }: Call): Verb {
  if (typeof params.authUrl === 'string') return 'open';
  if (name === 'tradePay') return 'pay';
  if (jsapi === undefined) throw new JsapiFailure(jsapiError.absent, absent(request.tenant, name));
  return jsapi.verb;
}

/** The page may be written for another wallet, so the message names the JSAPIs that this one has in place of `name`. */
function absent({ profile, name: tenant }: Tenant, name: string): Text {
  const said = { wallet: profile.name, name, profile: `${tenantBase(tenant)}/profile` };
  const logIn = [...profile.jsapis.values()].filter(({ verb }) => verb !== 'answer').map((jsapi) => `my.${jsapi.name}`);
  return logIn.length === 0 ? text('jsapi-absent', said) : text('jsapi-absent-log-in', { ...said, jsapis: logIn });
}

function identifyCaller({ request, appId, params, origin, jsapi, entry }: Call, verb: Verb): Caller {
  const { tenant } = request;
  const named = appId ?? (typeof params.appId === 'string' ? params.appId : undefined);
  const miniProgram = findMiniProgram(tenant, named, origin, (app) => {
    entry.appId = app.appId;
    entry.clientId = app.clientId;
  });
  const scopes = verb === 'authorize' ? readScopes(params, jsapi?.scopes) : [];
  if (verb === 'authorize') {
    entry.scopes = scopes;
    entry.authorizationId = randomId();
  }
  const user = tenant.currentUser;
  if (user === undefined) throw notPermitted(text('no-users'));
  entry.userId = user.userId;
  return { ...miniProgram, user, scopes };
}

/** Finds the scenario that acts on the call, and applies its delay and its error. A scenario's decision is applied in `authorize`. */
async function applyScenario(call: Call, verb: Verb, caller: Caller): Promise<void> {
  const authorizes = verb === 'authorize';
  const scenario = await findJsapiScenario(call.request, { ...caller, name: call.name, authorizes });
  if (scenario === undefined) return;
  if ('unknown' in scenario) throw invalidParameters(scenario.unknown);
  call.scenario = scenario;
  call.entry.scenario = scenario.id;
  beginDelay(call, delayOf(scenario.then, scenario.hit));
  await holdBack(scenario, call.request);
  const { error, message } = scenario.then;
  if (!authorizes && error !== undefined)
    throw new JsapiFailure(
      error,
      quote(message ?? jsapiErrorText(error)),
      text('scenario-set-error', { scenario: scenario.id, error }),
    );
}

async function openPrepared(call: Call, caller: Caller): Promise<CallResult> {
  const located = await locateTicket(call.request, String(call.params.authUrl));
  const authorizationId = located?.ticket.authorizationId;
  if (authorizationId !== undefined) call.entry.authorizationId = authorizationId;
  const isOurs = located?.ticket.clientId === caller.client.clientId;
  if (isOurs && (await asksUser(located.tenant, located.ticket))) checkFirstScreen(call);
  return openPreparedSheet(call.request, located, sheetRequest(call, caller));
}

function answerAtOnce({ request, jsapi, name }: Call, { user, app }: Caller): CallResult {
  return {
    answer: plainAnswer(request.tenant, jsapi, { user, app: app.record }),
    reason: text('operation-answered', { operation: name }),
  };
}

async function authorize(call: Call, caller: Caller): Promise<CallResult> {
  const { request, name, scenario, entry } = call;
  const lifetimes = scenarioLifetimes(call);
  const { authorizationId } = entry;
  const authorization = { ...caller, ...(lifetimes && { lifetimes }), ...(authorizationId !== undefined && { authorizationId }) };
  const { wanted, decision } = await decideWithoutUser(request.tenant, authorization, {
    preset: scenario && presetAnswerOf(scenario.then),
  });
  if (wanted.unavailable.length > 0) entry.findings.push('scope-not-registered');
  if (decision === undefined) {
    checkFirstScreen(call);
    return openSheet(request, sheetRequest(call, caller), 'consent');
  }
  beginDelay(call, caller.user.delay);
  const { delay } = caller.user;
  if (delay > 0) await waitForCaller(request, delay);
  const { tenant } = request;
  const final = call.jsapi?.refusesSilentScopes ? refuseAll(decision) : decision;
  const result = await tenant.authorizations.decide(authorization, wanted, final);
  const { granted, refused, reason } = result;
  return { answer: authorizationAnswer(tenant, name, result), reason, decided: { granted, refused } };
}

function sheetRequest(call: Call, { app, client, scopes }: Caller): SheetRequest {
  const purpose = readPurpose(call.params, call.jsapi);
  const { name, origin, ancestors = [], lang, entry, scenario } = call;
  const lifetimes = scenarioLifetimes(call);
  return {
    app,
    client,
    name,
    scopes,
    origin,
    ancestors,
    findings: entry.findings,
    ...(entry.authorizationId !== undefined && { authorizationId: entry.authorizationId }),
    ...(lang !== undefined && { lang }),
    ...(purpose !== undefined && { purpose }),
    ...(scenario && { scenario: scenario.id }),
    ...(lifetimes && { lifetimes }),
  };
}

function scenarioLifetimes({ scenario }: Call): Partial<Lifetimes> | undefined {
  return scenario?.then.lifetimes && lifetimesOf(scenario.then.lifetimes, 'lifetimes');
}

/**
 * A consent on the mini program's first screen becomes a finding, because the platform's review rejects it.
 * @throws JsapiFailure if the setting `firstScreen` is `refuse`
 */
function checkFirstScreen({ request, gesture, entry }: Call): void {
  const { firstScreen } = request.tenant.settings;
  if (gesture !== false || firstScreen === 'off') return;
  entry.findings.push('consent-on-first-screen');
  if (firstScreen === 'refuse') throw notPermitted(text('first-screen'));
}
