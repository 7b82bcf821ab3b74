import type { KeyObject } from 'node:crypto';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tenantBase } from '../http/address.js';
import type { ControlErrorCode } from '../http/control-error-code.js';
import { sendError } from '../http/send-error.js';
import { isMerchantCall } from '../journal/merchant-call.js';
import { initials, pictureUrl } from '../pages/face.js';
import { sendPage } from '../pages/render.js';
import { library, libraryScenario } from '../scenarios/library.js';
import { activeScenarios, firstScreenScenario, refuseFirstScreen } from '../tenants/active-scenarios.js';
import { findScenarioProblem } from '../tenants/check-scenario.js';
import type { Tenant } from '../tenants/tenant.js';
import { text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import { inEnglish, inLanguage } from '../texts/write-text.js';
import { noteAction } from './after-action.js';
import { consoleModel } from './console-model.js';
import { UntrustedAnswer } from './demo/check-answer.js';
import { demoAppId, NoResult, NotDemoKey } from './demo/merchant.js';
import { type DemoSession, demoApp, demoClientOf, type MerchantAnswer } from './demo/session.js';
import { DemoSessions } from './demo/sessions.js';
import { nameIds } from './name-ids.js';
import { choiceOf, choiceQuery, playgroundModel } from './playground-model.js';
import { stepModel } from './playground-step.js';
import { fitted } from './scenario-card.js';
import { streamAddress } from './stream-address.js';

export interface PlaygroundOptions {
  /** The address that the emulator listens at. */
  listeningUrl(): string;
  /** Show whole codes and tokens. */
  showSecrets: boolean;
  /** The public key that verifies the platform's answers. */
  platformKey: KeyObject;
}

type Form = Partial<Record<'wallet' | 'user' | 'scenario', unknown>>;
type Query = Record<string, unknown>;

/** A phone with the sample mini program in it, and the sample merchant's server that it talks to. */
export async function playground(
  app: FastifyInstance,
  { listeningUrl, showSecrets, platformKey }: PlaygroundOptions,
): Promise<void> {
  const sessions = new DemoSessions(platformKey);
  app.register(formbody);

  app.get('/playground', async (request, reply) => {
    const model = consoleModel(request);
    const choice = choiceOf(request.tenant.profile, request.query as Query);
    const query = choice === undefined ? '' : choiceQuery(choice, model.lang);
    return sendPage(reply, 'playground', {
      ...model,
      play: playgroundModel(request, model.lang),
      stream: streamAddress(request, model.lang, { parts: ['steps'], clientId: demoClientOf(request.tenant) }),
      currentUser: model.users.find(({ current }) => current),
      action: `${request.prefix}/playground${searchOf(request)}`,
      miniProgramUrl: `${request.prefix}/playground/mini-program?${query}`,
    });
  });

  app.post('/playground', async (request, reply) => {
    const { wallet, user, scenario } = (request.body ?? {}) as Form;
    const { tenant, prefix } = request;
    if (typeof wallet === 'string' && wallet !== tenant.profile.name && tenant.wallets.some(({ name }) => name === wallet))
      tenant.changeSettings({ wallet });
    if (typeof user === 'string' && tenant.users.get(user) !== undefined) tenant.changeSettings({ user });
    const before = activeScenarios(tenant);
    if (typeof scenario === 'string' && useScenario(tenant, scenario)) await noteScenario(request, reply, scenario, before);
    return reply.redirect(`${prefix}/playground${searchOf(request)}`, 303);
  });

  app.get('/playground/mini-program', miniProgram);

  app.get<{ Params: { id: string } }>('/playground/steps/:id', async (request, reply) => {
    const entry = request.tenant.journal.get(request.params.id);
    if (entry === undefined)
      return sendError(reply, 404, 'not-found', `the journal has no call ${request.params.id.slice(0, 40)}`);
    const { lang, assets, base } = consoleModel(request);
    return sendPage(reply, 'playground-step', { lang, assets, base, step: await stepModel(request, entry, lang, showSecrets) });
  });

  app.post('/playground/prepare', async (request, reply) => {
    const { scopes } = (request.body ?? {}) as { scopes?: unknown };
    const session = sessions.open(listeningUrl() + tenantBase(request.tenant.name), request.tenant);
    return answerMiniProgram(request, reply, () => session.prepare(textsOf(scopes)));
  });

  app.post('/playground/exchange', async (request, reply) => {
    const { authCode, scopes } = (request.body ?? {}) as { authCode?: unknown; scopes?: unknown };
    if (typeof authCode !== 'string' || authCode === '')
      return sendError(reply, 400, 'auth-code', 'authCode: expected the code that my.getAuthCode gave');
    const session = sessions.open(listeningUrl() + tenantBase(request.tenant.name), request.tenant);
    return answerMiniProgram(request, reply, async () => {
      const answer = await session.exchange(authCode, textsOf(scopes));
      return { ...answer, session: session.id, can: session.can };
    });
  });

  app.post<{ Params: { id: string; action: string } }>('/playground/sessions/:id/:action', async (request, reply) => {
    const { id, action } = request.params;
    const session = sessions.find(request.tenant, id);
    const act = actions[action];
    if (session === undefined || act === undefined)
      return sendError(reply, 404, 'not-found', inLanguage(text('demo-no-customer'), consoleModel(request).lang));
    return answerMiniProgram(request, reply, async () => ({ ...(await act(session, request)), can: session.can }));
  });
}

/** The query of the address, with its question mark: the choice, and the language. */
function searchOf({ originalUrl }: FastifyRequest): string {
  const start = originalUrl.indexOf('?');
  return start < 0 ? '' : originalUrl.slice(start);
}

/** The actions of the merchant's server that a tester can start. */
const actions: Record<string, (session: DemoSession, request: FastifyRequest) => Promise<MerchantAnswer | object>> = {
  read: (session) => session.read(),
  refresh: (session) => session.refresh(false),
  'refresh-used': (session) => session.refresh(true),
  revoke: (session) => session.revoke(),
  wait: waitUntilExpiry,
};

/** Moves the clock one second past the end of the session's access token. */
async function waitUntilExpiry({ accessToken }: DemoSession, request: FastifyRequest): Promise<object> {
  const { tenant } = request;
  const found = accessToken === undefined ? undefined : await tenant.store.findAccessToken(accessToken);
  const before = tenant.clock.now();
  const expiresAt = found?.token.expiresAt;
  if (expiresAt === undefined)
    return { ok: false, error: 'no-token', message: inLanguage(text('demo-no-token'), consoleModel(request).lang) };
  if (expiresAt >= before) {
    tenant.clock.set(expiresAt + 1000);
    tenant.clockChanged();
  }
  const instant = (at: number) => new Date(at).toISOString();
  return { ok: true, clock: { before: instant(before), expiresAt: instant(expiresAt), now: instant(tenant.clock.now()) } };
}

/** Lets one scenario of the library run, or none. Rules that a tester wrote stay. @returns false if the wallet does not have it */
function useScenario(tenant: Tenant, name: string): boolean {
  const { scenarios, profile } = tenant;
  const chosen = libraryScenario(name);
  if (
    name !== '' &&
    name !== firstScreenScenario &&
    (chosen === undefined || findScenarioProblem(profile, chosen.scenario) !== undefined)
  )
    return false;
  for (const known of library) scenarios.delete(known.name);
  refuseFirstScreen(tenant, name === firstScreenScenario);
  if (chosen !== undefined) scenarios.add(fitted(profile, { id: chosen.name, ...chosen.scenario }));
  return true;
}

/** Adds the journal entry for a change of the scenario, which also tells other open pages. @param before the ids of those that were on */
async function noteScenario(request: FastifyRequest, reply: FastifyReply, name: string, before: string[]): Promise<void> {
  if (name !== '') return noteAction(request, reply, 'createScenario', text('scenario-added', { id: name }));
  const now = activeScenarios(request.tenant);
  const ids = before.filter((id) => !now.includes(id));
  if (ids.length > 0) await noteAction(request, reply, 'changeScenario', text('scenarios-off', { ids }));
}

function textsOf(value: unknown): string[] {
  return [value ?? []].flat().filter((item) => typeof item === 'string');
}

async function answerMiniProgram<Answer extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  run: () => Promise<Answer>,
): Promise<unknown> {
  try {
    return inPageLanguage(request, await run());
  } catch (error) {
    const problem = textOf(error);
    const refuse = (status: number, code: ControlErrorCode, reason = problem) =>
      sendError(reply, status, code, inLanguage(reason, consoleModel(request).lang));
    if (error instanceof NotDemoKey) return refuse(409, 'not-demo-key');
    if (error instanceof NoResult) return refuse(502, 'no-result');
    if (error instanceof UntrustedAnswer) return refuse(502, 'untrusted-answer');
    return refuse(502, 'platform', text('demo-platform-failed', { problem }));
  }
}

/**
 * Says the platform's last result in the language of the page, with names instead of ids. The platform answers in English. A message that
 * is not the call's reason, such as that of a scenario, stays.
 */
function inPageLanguage<Answer extends object>(request: FastifyRequest, answer: Answer): Answer {
  const { tenant } = request;
  const clientId = demoClientOf(tenant);
  const last = tenant.journal.newest((entry) => isMerchantCall(entry) && entry.clientId === clientId);
  const result = (answer as Partial<MerchantAnswer>).result;
  if (last === undefined || result !== `${last.resultCode}: ${inEnglish(last.reason)}`) return answer;
  const { lang } = consoleModel(request);
  return { ...answer, result: `${last.resultCode}: ${inLanguage(nameIds(last.reason, tenant, lang), lang)}` };
}

async function miniProgram(request: FastifyRequest, reply: FastifyReply): Promise<string> {
  const { tenant, prefix } = request;
  const app = demoApp(tenant);
  const name = app?.name ?? 'Mini program';
  const { lang, assets, wallet } = consoleModel(request);
  const choice = choiceOf(tenant.profile, request.query as Query);
  const model = {
    lang,
    assets,
    wallet,
    base: prefix,
    appId: app?.appId ?? demoAppId,
    app: { name, logo: pictureUrl(app?.record.logo, prefix), initials: initials(name) },
    choice: JSON.stringify(choice === undefined ? null : { ...choice.offer, scopes: choice.scopes }),
    atLoad: choice?.atLoad === true,
  };
  return sendPage(reply, 'mini-program', model, ["'self'"]);
}
