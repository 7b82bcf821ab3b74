import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthorizationRequest, Decision } from '../engine/authorization.js';
import { scopeError } from '../engine/jsapi-errors.js';
import type { WantedScopes } from '../engine/scopes.js';
import type { Ticket } from '../engine/store.js';
import { holdBack, waitForCaller } from '../http/scenario-faults.js';
import { sendPage } from '../pages/render.js';
import type { AppEntry, UserEntry } from '../records/entries.js';
import { resetBehaviour } from '../tenants/behaviour.js';
import { decideWithoutUser, type PresetAnswer } from '../tenants/decide-without-user.js';
import { consentedScopes } from '../tenants/scope-use.js';
import type { Tenant } from '../tenants/tenant.js';
import { findPreparedScenario, presetAnswerOf } from './apply-scenario.js';
import { consentModel } from './consent-model.js';
import { applyDrawer, type DrawerAnswer, type Form, readDrawer, saveAsBehaviour } from './drawer.js';
import { type FormState, formStateQuery, readFormState } from './form-state.js';
import { authorizationAnswer } from './jsapi-answer.js';
import { addJsapiEntry, callOfTicket } from './jsapi-entry.js';
import { useTicketTenant } from './locate-ticket.js';
import { refuseAll } from './refuse-all.js';
import { chosenLanguage, findTicket, framingOrigins, pageModel, sendNotice, sendResult, takeTicket } from './tickets.js';

type Page = Promise<string | FastifyReply>;

/** The authorization request that a ticket stands for. */
interface TicketRequest extends AuthorizationRequest {
  app?: AppEntry;
  user: UserEntry;
}

/** A decision about a ticket. */
interface TicketDecision {
  authorization: TicketRequest;
  wanted: WantedScopes;
  decision: Decision;
  drawer?: DrawerAnswer | undefined;
  /** The id of the scenario that decided. */
  scenario?: string | undefined;
}

/** The consent screen: a page that only the page that asked may frame. Its form is posted to this emulator. */
export async function consent(app: FastifyInstance): Promise<void> {
  app.addHook('preHandler', useTicketTenant);
  app.get('/wallet/consent', { config: { open: true } }, async (request, reply) => {
    const found = await findTicket(request, reply, 'consent');
    return 'notice' in found ? found.notice : show(request, reply, found.ticket);
  });
  app.post('/wallet/consent', { config: { open: true } }, async (request, reply) => {
    const found = await findTicket(request, reply, 'consent');
    if ('notice' in found) return found.notice;
    const form = (request.body ?? {}) as Form;
    if (typeof form.chosenUser === 'string') return changeUser(request, reply, found.ticket, form, form.chosenUser);
    switch (form.decision) {
      case 'reset-behaviour':
        return undoBehaviour(request, reply, found.ticket, form);
      case 'allow':
      case 'deny':
      case 'close':
        return decide(request, reply, found.ticket, form);
      default:
        return sendNotice(request, reply, 400, 'form', found.ticket);
    }
  });
}

/** Returns true if a ticket's screen would ask the user something. Scenarios are not considered. */
export async function asksUser(tenant: Tenant, ticket: Ticket): Promise<boolean> {
  const authorization = ticket.answeredAt === undefined ? findAuthorization(tenant, ticket) : undefined;
  if (authorization === undefined || typeof authorization === 'string') return false;
  const { decision } = await decideTicket(tenant, ticket, authorization);
  return decision === undefined;
}

/** Shows the screen, unless a scenario, the user's behaviour or the settings decide without it. */
async function show(request: FastifyRequest, reply: FastifyReply, ticket: Ticket): Page {
  const { tenant } = request;
  const authorization = findAuthorization(tenant, ticket);
  if (typeof authorization === 'string') return sendNotice(request, reply, 410, authorization, ticket);
  const scenario = await findPreparedScenario(request, ticket, authorization.user);
  const preset = scenario && presetAnswerOf(scenario.then);
  const formState = readFormState(request.query as Form, hasDrawer(request));
  const { wanted, decision } = await decideTicket(tenant, ticket, authorization, preset);
  if (decision === undefined) return sendScreen(request, reply, ticket, authorization, wanted, formState);
  await holdBack(scenario, request);
  const decided = { authorization, wanted, decision, scenario: scenario?.id };
  return finish(request, reply, ticket, preset === undefined ? withDrawer(decided, formState?.drawer) : decided);
}

/** The tester's choices in the drawer, made before the user was changed, apply to a user who decides without a screen too. */
function withDrawer(decided: TicketDecision, drawer: DrawerAnswer | undefined): TicketDecision {
  if (drawer === undefined) return decided;
  return { ...decided, decision: applyDrawer(decided.decision, drawer), drawer: { ...drawer, always: false } };
}

function sendScreen(
  request: FastifyRequest,
  reply: FastifyReply,
  ticket: Ticket,
  { app, user }: TicketRequest,
  wanted: WantedScopes,
  formState: FormState | undefined,
): Page {
  const { tenant, prefix } = request;
  const lang = chosenLanguage(request, ticket);
  const shown = { tenant, ticket, app, user, wanted, lang, prefix, hasDrawer: hasDrawer(request), formState };
  const model = { ...consentModel(shown), ...pageModel(request, ticket) };
  return sendPage(reply, 'consent', model, framingOrigins(ticket), formTargets(ticket));
}

/**
 * The targets of the form, for the page's policy. The browser checks every redirect after the form, and a merchant's callback may
 * redirect to any origin.
 */
function formTargets({ redirectUrl }: Ticket): string[] {
  if (redirectUrl === undefined) return [];
  const { protocol } = new URL(redirectUrl);
  return [...new Set(['http:', 'https:', protocol])];
}

/** Gives a user the behaviour of the fixtures again, as the drawer asks, and shows the screen with the form as it was. */
async function undoBehaviour(request: FastifyRequest, reply: FastifyReply, ticket: Ticket, form: Form): Page {
  if (hasDrawer(request) && typeof form.changed === 'string') resetBehaviour(request.tenant, form.changed);
  return changeUser(request, reply, ticket, form, form.userId);
}

/** Logs in the chosen user and shows the screen again, with the form as it was. */
async function changeUser(request: FastifyRequest, reply: FastifyReply, ticket: Ticket, form: Form, userId: Form[string]): Page {
  const { tenant, prefix } = request;
  const authorization = findAuthorization(tenant, ticket);
  if (typeof authorization === 'string') return sendNotice(request, reply, 410, authorization, ticket);
  const { wanted } = await decideTicket(tenant, ticket, authorization);
  const formState = formStateQuery(tenant, form, wanted);
  logIn(tenant, userId);
  const lang = chosenLanguage(request, ticket);
  return reply.redirect(`${prefix}/wallet/consent?id=${ticket.ticketId}&lang=${lang}&${formState}`, 303);
}

/** Takes the decision that the form posts. */
async function decide(request: FastifyRequest, reply: FastifyReply, ticket: Ticket, form: Form): Page {
  const { tenant } = request;
  logIn(tenant, form.userId);
  const authorization = findAuthorization(tenant, ticket);
  if (typeof authorization === 'string') return sendNotice(request, reply, 410, authorization, ticket);
  const { wanted } = await decideTicket(tenant, ticket, authorization);
  const pressed = readDecision(tenant, form, wanted);
  const drawer = hasDrawer(request) ? readDrawer(form) : undefined;
  const decision = drawer === undefined ? pressed : applyDrawer(pressed, drawer);
  return finish(request, reply, ticket, { authorization, wanted, decision, drawer });
}

/** A user without the control token has no tester's drawer. */
function hasDrawer({ tenant, isTester }: FastifyRequest): boolean {
  return tenant.settings.drawer && isTester;
}

async function finish(
  request: FastifyRequest,
  reply: FastifyReply,
  ticket: Ticket,
  { authorization, wanted, decision, drawer, scenario }: TicketDecision,
): Page {
  const began = performance.now();
  const late = await takeTicket(request, reply, ticket);
  if (late !== undefined) return late.notice;
  if (drawer?.always) saveAsBehaviour(request.tenant, decision, drawer);
  const delay = drawer?.delay === undefined ? authorization.user.delay : drawer.delay * 1000;
  if (delay > 0) await waitForCaller(request, delay);
  const { tenant } = request;
  const final = refusesSilentScopes(tenant, ticket) ? refuseAll(decision) : decision;
  const result = await tenant.authorizations.decide(authorization, wanted, final);
  const answer = authorizationAnswer(tenant, ticket.name, result);
  const call = {
    ...callOfTicket(ticket),
    ...(scenario !== undefined && { scenario }),
    userId: authorization.user.userId,
    path: request.originalUrl,
    request: { headers: request.headers, body: JSON.stringify(request.body ?? {}) },
    findings: [...ticket.findings],
    consented: consentedScopes(tenant.profile, result.granted),
    decided: { granted: result.granted, refused: result.refused },
    began,
  };
  tenant.running.end(ticket.ticketId, addJsapiEntry(tenant, call, answer, result.reason));
  return sendResult(request, reply, ticket, answer);
}

/**
 * Builds the authorization request of a ticket for the current user.
 * @returns the key of a notice if its client was suspended, or if its client, its mini program or all users were deleted
 */
function findAuthorization(
  tenant: Tenant,
  { clientId, appId, scopes, lifetimes, authorizationId, state, notifyUrl, secondaryMerchantId }: Ticket,
): TicketRequest | 'app' | 'suspended' {
  const client = tenant.clients.get(clientId);
  const app = appId === undefined ? undefined : tenant.apps.get(appId);
  const user = tenant.currentUser;
  if (client === undefined || user === undefined || (appId !== undefined && app === undefined)) return 'app';
  if (client.status !== 'ACTIVE') return 'suspended';
  return {
    client,
    ...(app && { app }),
    user,
    scopes,
    ...(lifetimes && { lifetimes }),
    ...(authorizationId !== undefined && { authorizationId }),
    ...(state !== undefined && { state }),
    ...(notifyUrl !== undefined && { notifyUrl }),
    ...(secondaryMerchantId !== undefined && { secondaryMerchantId }),
  };
}

/** A prepared authorization asks each time: earlier consents do not count. */
function decideTicket(tenant: Tenant, { preparedBy }: Ticket, authorization: TicketRequest, preset?: PresetAnswer) {
  return decideWithoutUser(tenant, authorization, { remember: tenant.settings.remember && preparedBy === undefined, preset });
}

/** A refusal gives no authCode, not even for silent scopes, if the authorization was prepared or the JSAPI says so. */
function refusesSilentScopes({ profile }: Tenant, { preparedBy, name }: Ticket): boolean {
  return preparedBy !== undefined || profile.jsapis.get(name)?.refusesSilentScopes === true;
}

function readDecision({ currentUser, profile }: Tenant, form: Form, wanted: WantedScopes): Decision {
  if (form.decision === 'close') return { decision: 'cancel' };
  if (form.decision === 'deny') return { decision: 'deny' };
  const refuse: Record<string, string> = { ...currentUser?.refuse };
  if (profile.source.consent.choice) {
    const ticked = new Set([form.scope ?? []].flat());
    for (const scope of wanted.ask)
      if (!ticked.has(scope) && profile.scopes.get(scope)?.required !== true) refuse[scope] ??= scopeError.refused;
  }
  return { decision: 'grant', refuse };
}

/** The user who is chosen on the screen stays logged in. */
function logIn(tenant: Tenant, userId: Form[string]): void {
  if (typeof userId === 'string' && userId !== tenant.settings.user && tenant.users.get(userId) !== undefined)
    tenant.changeSettings({ user: userId });
}
