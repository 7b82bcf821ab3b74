import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsapiError } from '../engine/jsapi-errors.js';
import type { Ticket } from '../engine/store.js';
import { catalogue, chooseLanguage, phrase } from '../pages/catalogues.js';
import { sendPage } from '../pages/render.js';
import { walletModel } from './consent-view.js';
import { failureAnswer, type JsapiAnswer } from './jsapi-answer.js';

/** A page that is sent instead of the one that was asked for. */
export interface Sent {
  page: Promise<string>;
}

/** The ticket that an address names, if its screen can still be shown; else a page says why not. */
export async function findTicket(
  request: FastifyRequest,
  reply: FastifyReply,
  screen: Ticket['screen'],
): Promise<{ ticket: Ticket } | Sent> {
  const { tenant } = request;
  const { id } = request.query as { id?: unknown };
  const ticket = typeof id === 'string' ? await tenant.store.findTicket(id) : undefined;
  const isOurs = ticket?.wallet === tenant.profile.name && ticket.screen === screen;
  if (ticket === undefined || !isOurs) return { page: notice(request, reply, 404, 'unknown') };
  if (ticket.answeredAt !== undefined) return { page: notice(request, reply, 410, 'answered', ticket) };
  if (ticket.expiresAt <= tenant.clock.now()) return { page: notice(request, reply, 410, 'expired', ticket) };
  return { ticket };
}

/** Takes the ticket for its decision: of any number of answers one counts. */
export async function takeTicket(request: FastifyRequest, reply: FastifyReply, ticket: Ticket): Promise<Sent | undefined> {
  const taken = await request.tenant.store.takeTicket(ticket.ticketId, request.tenant.clock.now());
  return taken === 'taken' ? undefined : { page: notice(request, reply, 410, taken === 'used' ? 'answered' : taken, ticket) };
}

/** A screen that cannot be shown says why, and lets the page that asked know. */
export function notice(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  key: string,
  ticket?: Ticket,
): Promise<string> {
  const lang = language(request, ticket);
  const say = (part: string) => phrase(catalogue(lang), `notice.${key}.${part}`) ?? '';
  reply.status(status);
  const model = {
    ...walletModel(request.tenant, lang, request),
    mode: ticket?.origin === undefined ? 'page' : 'sheet',
    title: say('title'),
    message: say('message'),
    advice: say('advice'),
    ...(ticket && shownTo(ticket)),
    answer:
      ticket?.origin === undefined
        ? null
        : postModel(
            ticket,
            failureAnswer(request.tenant, request.tenant.profile.jsapis.get(ticket.name), jsapiError.network, say('message')),
          ),
  };
  return sendPage(reply, 'notice', model, ticket === undefined ? [] : framers(ticket));
}

/** Tells the page that asked how it ended, or leads back to where a page of its own came from. */
export function sendResult(
  request: FastifyRequest,
  reply: FastifyReply,
  ticket: Ticket,
  answer: JsapiAnswer,
): Promise<string> | FastifyReply {
  if (ticket.origin === undefined && ticket.redirectUrl !== undefined)
    return reply.redirect(returnAddress(ticket.redirectUrl, ticket.state, answer), 303);
  const model = { ...walletModel(request.tenant, language(request, ticket), request), ...postModel(ticket, answer) };
  return sendPage(reply, 'result', model, framers(ticket));
}

function returnAddress(redirectUrl: string, state: string | undefined, { ok, result }: JsapiAnswer): string {
  const address = new URL(redirectUrl);
  if (ok && typeof result.authCode === 'string') address.searchParams.set('authCode', result.authCode);
  if (state !== undefined) address.searchParams.set('authState', state);
  return address.href;
}

/** To whom a sheet says that it shows. */
export function shownTo({ ticketId, origin }: Ticket): { shownTo?: string; ticketId: string } {
  return { ticketId, ...(origin !== undefined && { shownTo: origin }) };
}

/** What the bridge on the page hears, and on which origin alone. */
function postModel({ ticketId, origin = '' }: Ticket, { ok, result }: JsapiAnswer) {
  return { origin, message: JSON.stringify({ billetera: 'result', id: ticketId, ok, result }) };
}

export function framers({ origin, ancestors }: Ticket): string[] {
  return origin === undefined ? [] : [origin, ...ancestors];
}

export function language({ query, headers, tenant }: FastifyRequest, ticket?: Ticket): string {
  const { lang } = query as { lang?: unknown };
  return chooseLanguage(
    lang ?? ticket?.lang,
    headers['accept-language'],
    tenant.currentUser?.record.locale,
    tenant.profile.source.locale,
  );
}
