import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { jsapiError, jsapiErrorText } from '../engine/jsapi-errors.js';
import { holdBack, sendWithFault } from '../http/scenario-faults.js';
import { sendError } from '../http/send-error.js';
import { lifetimesOf, type UserEntry } from '../records/entries.js';
import type { Acting } from '../scenarios/scenario-list.js';
import { findProblem, problemText } from '../schemas/problem.js';
import { decideWithoutUser } from '../tenants/decide.js';
import { consentedScopes } from '../tenants/scope-use.js';
import type { Tenant } from '../tenants/tenant.js';
import { findJsapiScenario, ruleOf } from './apply-scenario.js';
import { asksUser } from './consent.js';
import {
  addJsapiEntry,
  authorizationAnswer,
  failureAnswer,
  type JsapiAnswer,
  type JsapiCall,
  plainAnswer,
} from './jsapi-answer.js';
import { type Asking, type Impossible, readAsking } from './read-request.js';
import { openSheet, type PageCall, type Sheet, takeOverAddress, ticketOfAddress } from './sheets.js';

const Call = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 64, description: 'the JSAPI' }),
  params: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  appId: Type.Optional(Type.Union([Type.String({ maxLength: 128 }), Type.Null()])),
  gesture: Type.Optional(Type.Boolean()),
  ancestors: Type.Optional(Type.Array(Type.String({ maxLength: 256 }), { maxItems: 16 })),
  lang: Type.Optional(Type.String({ maxLength: 64 })),
});
type Call = Type.Static<typeof Call>;

/** Ends a call, and the journal hears of it. */
interface Ends {
  /** @param granted scopes */
  end(answer: JsapiAnswer, reason: string, granted?: readonly string[]): FastifyReply;
  fail(error: number, errorMessage: string): FastifyReply;
  /** Leaves the end to a screen. */
  show(sheet: Sheet | Impossible): FastifyReply;
}

const json = { 'content-type': 'application/json; charset=utf-8' };

interface Authorizing {
  asking: Asking;
  user: UserEntry;
  page: PageCall;
  gesture: boolean | undefined;
  acting: Acting | undefined;
  ends: Ends;
}

/** The bridge's calls: the only ones that pages of other origins may make. */
export async function jsapi(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    reply.headers({
      'access-control-allow-origin': origin ?? '*',
      'access-control-allow-headers': 'content-type',
      'access-control-allow-private-network': 'true',
      'access-control-max-age': '600',
      vary: 'Origin',
      'cache-control': 'no-store',
    });
  });
  app.options('/wallet/jsapi', { config: { forPages: true } }, async (_request, reply) => reply.status(204).send());
  app.post('/wallet/jsapi', { config: { forPages: true } }, async (request, reply) => {
    const problem = findProblem(Call, request.body);
    if (problem === undefined && !writable(request.body))
      return sendError(reply, 400, 'illegal-call', 'params: expected less nesting');
    if (problem !== undefined) return sendError(reply, 400, 'illegal-call', problemText(problem, 'the body'));
    return answer(request, reply, request.body as Call);
  });
}

/** What is nested deeply can be read, and never be written again. */
function writable(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

async function answer(request: FastifyRequest, reply: FastifyReply, call: Call): Promise<FastifyReply> {
  const { tenant } = request;
  const { name, params = {} } = call;
  const jsapi = tenant.profile.jsapis.get(name);
  const about: JsapiCall = {
    name,
    path: request.originalUrl,
    request: { headers: request.headers, body: JSON.stringify(call) },
    findings: [],
    began: performance.now(),
  };
  let acting: Acting | undefined;
  const send = (body: object) =>
    sendWithFault(reply, acting?.then.fault, { status: 200, headers: json, body: Buffer.from(JSON.stringify(body)) });
  const ends: Ends = {
    end: (given, reason, granted = []) => {
      addJsapiEntry(tenant, { ...about, consented: consentedScopes(tenant.profile, granted) }, given, reason);
      return send(given);
    },
    fail: (error, errorMessage) => ends.end(failureAnswer(tenant, jsapi, error, errorMessage), errorMessage),
    show: (sheet) => ('sheet' in sheet ? send(sheet) : ends.fail(sheet.error, sheet.errorMessage)),
  };

  if (request.headers.origin === 'null') {
    return ends.fail(
      jsapiError.notPermitted,
      'a page from file: or in a sandboxed frame has no origin that could be answered: serve it over http://localhost',
    );
  }
  const verb = typeof params.authUrl === 'string' ? 'open' : name === 'tradePay' ? 'pay' : jsapi?.verb;
  if (verb === undefined) return ends.fail(jsapiError.notPermitted, `the wallet ${tenant.profile.name} has no JSAPI ${name}`);
  const origin = request.headers.origin?.toLowerCase();
  const appId = call.appId ?? (typeof params.appId === 'string' ? params.appId : undefined);
  const asking = readAsking(
    tenant,
    verb === 'authorize' ? params : {},
    appId,
    origin,
    verb === 'authorize' ? jsapi?.scopes : undefined,
  );
  if ('error' in asking) return ends.fail(asking.error, asking.errorMessage);
  about.clientId = asking.client.clientId;
  about.appId = asking.app.appId;
  const user = tenant.currentUser;
  if (user === undefined) return ends.fail(jsapiError.notPermitted, 'this wallet has no users: add one to users.json');
  about.userId = user.userId;
  if (verb === 'authorize') about.scopes = asking.scopes;

  const found = await findJsapiScenario(request, { name, authorizes: verb === 'authorize', asking, user });
  if (found !== undefined && 'unknown' in found) return ends.fail(jsapiError.invalidParameters, found.unknown);
  acting = found;
  if (acting !== undefined) {
    const { error, message } = acting.then;
    about.scenario = acting.id;
    await holdBack(acting);
    if (verb !== 'authorize' && error !== undefined) return ends.fail(error, message ?? jsapiErrorText(error));
  }

  const page: PageCall = {
    name,
    origin,
    ancestors: call.ancestors ?? [],
    ...(call.lang !== undefined && { lang: call.lang }),
    findings: about.findings,
    ...(acting && { scenario: acting.id }),
    ...(acting?.then.lifetimes && { lifetimes: lifetimesOf(acting.then.lifetimes, 'lifetimes') }),
  };
  switch (verb) {
    case 'open': {
      const ticket = await ticketOfAddress(request, params.authUrl);
      const asks = ticket?.clientId === asking.client.clientId && (await asksUser(tenant, ticket));
      const early = asks && comesEarly(tenant, page, call.gesture);
      return early
        ? ends.fail(jsapiError.notPermitted, tooEarly)
        : ends.show(await takeOverAddress(request, ticket, asking, page));
    }
    case 'pay':
      return ends.show(await openSheet(request, asking, page, 'payment'));
    case 'answer':
      return ends.end(
        plainAnswer(tenant, jsapi, { user, app: asking.app.record }),
        `${name} was answered as the wallet's profile says`,
      );
    default:
      return authorize(request, { asking, user, page, gesture: call.gesture, acting, ends });
  }
}

async function authorize(
  request: FastifyRequest,
  { asking, user, page, gesture, acting, ends }: Authorizing,
): Promise<FastifyReply> {
  const { tenant } = request;
  const asked = { ...asking, user, ...(page.lifetimes && { lifetimes: page.lifetimes }) };
  const { wanted, decision } = await decideWithoutUser(tenant, asked, { rule: acting && ruleOf(acting.then) });
  if (wanted.unavailable.length > 0) page.findings.push('scope-not-registered');
  if (decision !== undefined) {
    await wait(user.delay, undefined, { ref: false });
    const result = await tenant.authorizations.decide(asked, wanted, decision);
    return ends.end(authorizationAnswer(tenant, page.name, result), result.reason, result.granted);
  }
  if (comesEarly(tenant, page, gesture)) return ends.fail(jsapiError.notPermitted, tooEarly);
  return ends.show(await openSheet(request, asking, page, 'consent'));
}

const tooEarly = 'consent must not be asked for on the first screen: ask after the user did something on the page';

/** Notes a consent that is asked for on the mini program's first screen. @returns whether it is refused for that */
function comesEarly({ settings }: Tenant, { findings }: PageCall, gesture: boolean | undefined): boolean {
  if (gesture !== false || settings.firstScreen === 'off') return false;
  findings.push('consent-on-first-screen');
  return settings.firstScreen === 'refuse';
}
