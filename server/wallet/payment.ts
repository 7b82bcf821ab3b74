import type { FastifyInstance } from 'fastify';
import { catalogue, phrase } from '../pages/catalogues.js';
import { sendPage } from '../pages/render.js';
import { text } from '../texts/text.js';
import type { Form } from './drawer.js';
import { addJsapiEntry, callOfTicket } from './jsapi-entry.js';
import { chosenLanguage, findTicket, framingOrigins, pageModel, sendNotice, sendResult, takeTicket } from './tickets.js';
import { appModel, walletModel } from './wallet-model.js';

/** The resultCodes of my.tradePay that the tester can choose. */
const resultCodes = ['9000', '8000', '4000', '6001', '6002', '6004'];

/** The sheet of my.tradePay. Payments are not emulated: the tester chooses the result. */
export async function payment(app: FastifyInstance): Promise<void> {
  app.get('/wallet/payment', { config: { open: true } }, async (request, reply) => {
    const found = await findTicket(request, reply, 'payment');
    if ('notice' in found) return found.notice;
    const { ticket } = found;
    const { tenant, prefix } = request;
    const lang = chosenLanguage(request, ticket);
    const model = {
      ...walletModel(tenant, lang, prefix),
      ...pageModel(request, ticket),
      action: `${prefix}/wallet/payment?id=${encodeURIComponent(ticket.ticketId)}&lang=${lang}`,
      app: appModel(tenant, ticket, ticket.appId === undefined ? undefined : tenant.apps.get(ticket.appId), prefix),
      codes: resultCodes.map((code) => ({ code, text: phrase(catalogue(lang), `payment.codes.${code}`) ?? code })),
    };
    return sendPage(reply, 'payment', model, framingOrigins(ticket));
  });
  app.post('/wallet/payment', { config: { open: true } }, async (request, reply) => {
    const found = await findTicket(request, reply, 'payment');
    if ('notice' in found) return found.notice;
    const { ticket } = found;
    const { resultCode } = (request.body ?? {}) as Form;
    if (typeof resultCode !== 'string' || !resultCodes.includes(resultCode))
      return sendNotice(request, reply, 400, 'form', ticket);
    const late = await takeTicket(request, reply, ticket);
    if (late !== undefined) return late.notice;
    const answer = { ok: true, result: { resultCode } };
    const call = {
      ...callOfTicket(ticket),
      path: request.originalUrl,
      request: { headers: request.headers, body: JSON.stringify(request.body) },
      findings: [...ticket.findings],
      began: performance.now(),
    };
    const entry = addJsapiEntry(request.tenant, call, answer, text('payment-chosen', { resultCode }));
    request.tenant.running.end(ticket.ticketId, entry);
    return sendResult(request, reply, ticket, answer);
  });
}
