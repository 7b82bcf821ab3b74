import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Decision } from '../engine/authorization.js';
import { jsapiError, scopeError } from '../engine/jsapi-errors.js';
import type { WantedScopes } from '../engine/scopes.js';
import type { Ticket } from '../engine/store.js';
import { holdBack } from '../http/scenario-faults.js';
import { sendPage } from '../pages/render.js';
import { decideWithoutUser } from '../tenants/decide.js';
import { consentedScopes } from '../tenants/scope-use.js';
import type { Tenant } from '../tenants/tenant.js';
import { findPreparedScenario, ruleOf } from './apply-scenario.js';
import { consentModel } from './consent-view.js';
import { applyDrawer, type DrawerAnswer, type Form, readDrawer, saveAsBehaviour } from './drawer.js';
import { formStateQuery, readFormState } from './form-state.js';
import { addJsapiEntry, authorizationAnswer, callOfTicket } from './jsapi-answer.js';
import { findTicket, framers, language, notice, sendResult, shownTo, takeTicket } from './tickets.js';

type Page = Promise<string | FastifyReply>;

/** How a screen ended, and what a tester wants besides. */
interface OperationResult {
  decision: Decision;
  drawer?: DrawerAnswer;
  /** The scenario that decided. */
  scenario?: string;
}

/** The consent screen: a page of ours that only the page that asked may frame, and whose form comes back to us alone. */
export async function consent(app: FastifyInstance): Promise<void> {
  app.get('/wallet/consent', async (request, reply) => {
    const found = await findTicket(request, reply, 'consent');
    return 'page' in found ? found.page : show(request, reply, found.ticket);
  });
  app.post('/wallet/consent', async (request, reply) => {
    const found = await findTicket(request, reply, 'consent');
    if ('page' in found) return found.page;
    const { ticket } = found;
    const form = (request.body ?? {}) as Form;
    if (form.decision === 'user') return changeUser(request, reply, ticket, form);
    if (form.decision !== 'allow' && form.decision !== 'deny' && form.decision !== 'close')
      return notice(request, reply, 400, 'form', ticket);
    chooseUser(request.tenant, form);
    const drawer = request.tenant.settings.drawer ? readDrawer(form) : undefined;
    return conclude(request, reply, ticket, (wanted) => {
      const decision = decisionOf(form, wanted, request.tenant);
      return drawer === undefined ? { decision } : { decision: applyDrawer(decision, drawer), drawer };
    });
  });
}

/** Whether the screen of a ticket has something to ask, as far as no scenario decides. */
export async function asksUser(tenant: Tenant, ticket: Ticket): Promise<boolean> {
  const asked = ticket.answeredAt === undefined ? askedBy(tenant, ticket) : undefined;
  if (asked === undefined) return false;
  const { decision } = await decideWithoutUser(tenant, asked, { remember: remembers(tenant, ticket) });
  return decision === undefined;
}

async function changeUser(request: FastifyRequest, reply: FastifyReply, ticket: Ticket, form: Form): Page {
  const { tenant, prefix } = request;
  const asked = askedBy(tenant, ticket);
  if (asked === undefined) return notice(request, reply, 410, 'app', ticket);
  const { wanted } = await decideWithoutUser(tenant, asked, { remember: remembers(tenant, ticket) });
  const formState = formStateQuery(tenant, form, wanted);
  chooseUser(tenant, form);
  return reply.redirect(`${prefix}/wallet/consent?id=${ticket.ticketId}&lang=${language(request, ticket)}&${formState}`, 303);
}

/** A user who decides alone, or has nothing left to be asked, sees no screen; what a tester chose in the drawer before outweighs them. */
async function show(request: FastifyRequest, reply: FastifyReply, ticket: Ticket): Page {
  const { tenant, base, prefix } = request;
  const asked = askedBy(tenant, ticket);
  if (asked === undefined) return notice(request, reply, 410, 'app', ticket);
  const acting = await findPreparedScenario(request, ticket, asked.user);
  const rule = acting && ruleOf(acting.then);
  const formState = readFormState(tenant, request.query as Form);
  const { wanted, decision } = await decideWithoutUser(tenant, asked, { remember: remembers(tenant, ticket), rule });
  if (decision !== undefined) {
    await holdBack(acting);
    const scenario = acting?.id;
    const drawer = rule === undefined && formState?.drawer ? { ...formState.drawer, always: false } : undefined;
    return conclude(request, reply, ticket, () => ({
      decision: drawer ? applyDrawer(decision, drawer) : decision,
      ...(drawer && { drawer }),
      ...(scenario !== undefined && { scenario }),
    }));
  }
  const model = {
    ...consentModel({
      tenant,
      ticket,
      app: asked.app,
      user: asked.user,
      wanted,
      lang: language(request, ticket),
      place: { base, prefix },
      formState,
    }),
    ...shownTo(ticket),
  };
  const returnsTo = ticket.redirectUrl === undefined ? [] : [new URL(ticket.redirectUrl).origin];
  return sendPage(reply, 'consent', model, framers(ticket), returnsTo);
}

async function conclude(
  request: FastifyRequest,
  reply: FastifyReply,
  ticket: Ticket,
  end: (wanted: WantedScopes) => OperationResult,
): Page {
  const { tenant } = request;
  const began = performance.now();
  const asked = askedBy(tenant, ticket);
  if (asked === undefined) return notice(request, reply, 410, 'app', ticket);
  const { wanted } = await decideWithoutUser(tenant, asked, { remember: remembers(tenant, ticket) });
  const { decision, drawer, scenario } = end(wanted);
  const late = await takeTicket(request, reply, ticket);
  if (late !== undefined) return late.page;
  if (drawer?.always) saveAsBehaviour(tenant, decision, drawer);
  await wait(drawer?.delay === undefined ? asked.user.delay : drawer.delay * 1000, undefined, { ref: false });
  const result = await tenant.authorizations.decide(asked, wanted, ticket.preparedBy === undefined ? decision : wholly(decision));
  const answer = authorizationAnswer(tenant, ticket.name, result);
  const call = {
    ...callOfTicket(ticket),
    ...(scenario !== undefined && { scenario }),
    userId: asked.user.userId,
    path: request.originalUrl,
    request: { headers: request.headers, body: JSON.stringify(request.body ?? {}) },
    findings: [...ticket.findings],
    consented: consentedScopes(tenant.profile, result.granted),
    began,
  };
  addJsapiEntry(tenant, call, answer, result.reason);
  return sendResult(request, reply, ticket, answer);
}

/** An agreement that the server's side prepared is a new one each time: what was agreed to before does not count. */
function remembers({ settings }: Tenant, { preparedBy }: Ticket): boolean {
  return settings.remember && preparedBy === undefined;
}

/** What the server's side prepared ends in a code or in none: a refusal leaves no silent scope over. */
function wholly(decision: Decision): Decision {
  return decision.decision === 'deny' ? { decision: 'fail', error: jsapiError.refused } : decision;
}

function askedBy(tenant: Tenant, { clientId, appId, scopes, lifetimes, state, notifyUrl }: Ticket) {
  const client = tenant.clients.get(clientId);
  const app = appId === undefined ? undefined : tenant.apps.get(appId);
  const user = tenant.currentUser;
  if (client === undefined || user === undefined || (appId !== undefined && app === undefined)) return undefined;
  return {
    client,
    ...(app && { app }),
    user,
    scopes,
    ...(lifetimes && { lifetimes }),
    ...(state !== undefined && { state }),
    ...(notifyUrl !== undefined && { notifyUrl }),
  };
}

function decisionOf(form: Form, wanted: WantedScopes, tenant: Tenant): Decision {
  if (form.decision === 'close') return { decision: 'cancel' };
  if (form.decision === 'deny') return { decision: 'deny' };
  const refuse: Record<string, string> = { ...tenant.currentUser?.refuse };
  if (tenant.profile.source.consent.choice) {
    const ticked = new Set([form.scope ?? []].flat());
    for (const scope of wanted.ask)
      if (!ticked.has(scope) && tenant.profile.scopes.get(scope)?.required !== true) refuse[scope] ??= scopeError.refused;
  }
  return { decision: 'grant', refuse };
}

/** Whoever is chosen on the screen stays logged in. */
function chooseUser(tenant: Tenant, { userId }: Form): void {
  if (typeof userId === 'string' && userId !== tenant.settings.user && tenant.users.get(userId) !== undefined)
    tenant.changeSettings({ user: userId });
}
