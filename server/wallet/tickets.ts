import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsapiError } from '../engine/jsapi-errors.js';
import type { Ticket } from '../engine/store.js';
import { catalogue, chooseWalletLanguage, phrase } from '../pages/catalogues.js';
import { sendPage } from '../pages/render.js';
import { failureAnswer, type JsapiAnswer } from './jsapi-answer.js';
import { walletModel } from './wallet-model.js';

/** A notice that was sent instead of the screen. */
export interface SentNotice {
  notice: Promise<string>;
}

/** The ticket that the address names, if its screen can be shown now. Otherwise a notice says why not. */
export async function findTicket(
  request: FastifyRequest,
  reply: FastifyReply,
  screen: Ticket['screen'],
): Promise<{ ticket: Ticket } | SentNotice> {
  const { tenant } = request;
  const { id } = request.query as { id?: unknown };
  const ticket = typeof id === 'string' ? await tenant.store.findTicket(id) : undefined;
  if (ticket?.wallet !== tenant.profile.name || ticket.screen !== screen)
    return { notice: sendNotice(request, reply, 404, 'unknown') };
  if (ticket.answeredAt !== undefined) return { notice: sendNotice(request, reply, 410, 'answered', ticket) };
  if (ticket.expiresAt <= tenant.clock.now()) return { notice: sendNotice(request, reply, 410, 'expired', ticket) };
  return { ticket };
}

/** Marks the ticket as answered. Only the first answer counts; a later one gets a notice. */
export async function takeTicket(request: FastifyRequest, reply: FastifyReply, ticket: Ticket): Promise<SentNotice | undefined> {
  const { tenant } = request;
  const state = await tenant.store.redeemTicket(ticket.ticketId, tenant.clock.now());
  if (state === 'redeemed') return undefined;
  return { notice: sendNotice(request, reply, 410, state === 'used' ? 'answered' : state, ticket) };
}

/**
 * Sends a page that says why a screen cannot be shown. Over a mini program, its button also ends the call with an error.
 * @param key of the texts, below `notice` in the locales
 */
export function sendNotice(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  key: string,
  ticket?: Ticket,
): Promise<string> {
  const lang = chosenLanguage(request, ticket);
  const say = (part: string) => phrase(catalogue(lang), `notice.${key}.${part}`) ?? '';
  reply.status(status);
  // The notice ends the call of the page that asked.
  if (ticket !== undefined && ticket.answeredAt === undefined) request.tenant.running.end(ticket.ticketId);
  const model = {
    ...walletModel(request.tenant, lang, request.prefix),
    mode: screenMode(ticket),
    title: say('title'),
    message: say('message'),
    advice: say('advice'),
    ...(ticket && pageModel(request, ticket)),
    answer: ticket?.origin === undefined ? null : resultModel(ticket, noticeAnswer(request, ticket, key, say('message'))),
  };
  return sendPage(reply, 'notice', model, ticket === undefined ? [] : framingOrigins(ticket));
}

function noticeAnswer({ tenant }: FastifyRequest, { name }: Ticket, key: string, message: string): JsapiAnswer {
  const error = key === 'suspended' ? jsapiError.notPermitted : jsapiError.network;
  return failureAnswer(tenant, tenant.profile.jsapis.get(name), error, message);
}

/** Sends the result to the page that asked. A screen that is a page itself redirects instead. */
export function sendResult(
  request: FastifyRequest,
  reply: FastifyReply,
  ticket: Ticket,
  answer: JsapiAnswer,
): Promise<string> | FastifyReply {
  if (ticket.origin === undefined && ticket.redirectUrl !== undefined)
    return reply.redirect(redirectAddress(ticket.redirectUrl, ticket.state, answer), 303);
  const lang = chosenLanguage(request, ticket);
  const model = { ...walletModel(request.tenant, lang, request.prefix), ...resultModel(ticket, answer) };
  return sendPage(reply, 'result', model, framingOrigins(ticket));
}

function redirectAddress(redirectUrl: string, state: string | undefined, { ok, result }: JsapiAnswer): string {
  const address = new URL(redirectUrl);
  if (ok && typeof result.authCode === 'string') address.searchParams.set('authCode', result.authCode);
  if (state !== undefined) address.searchParams.set('authState', state);
  return address.href;
}

/** Returns `sheet` for a screen over the page that asked, and `page` for a screen that is a whole page. */
export function screenMode(ticket: Ticket | undefined): 'page' | 'sheet' {
  return ticket?.origin === undefined ? 'page' : 'sheet';
}

/** The page that a sheet reports to, once it shows, and the message for it if the wallet no longer knows the ticket, such as after a reset. */
export function pageModel(request: FastifyRequest, ticket: Ticket): { shownTo?: string; ticketId: string; gone?: string } {
  const { ticketId, origin } = ticket;
  if (origin === undefined) return { ticketId };
  const words = phrase(catalogue(chosenLanguage(request, ticket)), 'notice.gone') ?? '';
  return { ticketId, shownTo: origin, gone: resultModel(ticket, noticeAnswer(request, ticket, 'gone', words)).message };
}

/** The message that the bridge on the page gets, and the only origin that it is posted to. */
function resultModel({ ticketId, origin = '' }: Ticket, { ok, result }: JsapiAnswer) {
  return { origin, message: JSON.stringify({ billetera: 'result', id: ticketId, ok, result }) };
}

/** The origins that may frame a ticket's screen. */
export function framingOrigins({ origin, ancestors }: Ticket): string[] {
  return origin === undefined ? [] : [origin, ...ancestors];
}

/** The language of a wallet page: `lang` of the address or ticket, else the browser's, the user's, the wallet's. */
export function chosenLanguage({ query, headers, tenant }: FastifyRequest, ticket?: Ticket): string {
  const { lang } = query as { lang?: unknown };
  return chooseWalletLanguage(
    lang ?? ticket?.lang,
    headers['accept-language'],
    tenant.currentUser?.record.locale,
    tenant.profile.source.locale,
  );
}
