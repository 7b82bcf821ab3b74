import type { FastifyInstance } from 'fastify';
import { text } from '../texts/text.js';
import { goBack, noteAction } from './after-action.js';

/** The form on a call that asked nothing, because the user had agreed before: it withdraws the consent, and so the tokens of it. */
export async function askAgainForm(app: FastifyInstance): Promise<void> {
  app.post<{ Params: { id: string } }>('/playground/steps/:id/ask-again', async (request, reply) => {
    const { tenant, params } = request;
    const { userId, clientId, appId } = tenant.journal.get(params.id) ?? {};
    const consents = userId === undefined ? [] : await tenant.store.consentsOf(userId);
    const consent = consents.find((known) => known.clientId === clientId && known.appId === appId);
    if (userId === undefined || consent === undefined) return goBack(request, reply, 'nothing', '/playground');
    const appOrClientId = consent.appId ?? consent.clientId;
    await tenant.tokens.withdraw({ userId, appOrClientId }, 'revoker-consent');
    await noteAction(request, reply, 'deleteConsent', text('consent-withdrawn', { id: `${userId}.${appOrClientId}` }), {
      userId,
      clientId: consent.clientId,
      ...(consent.appId !== undefined && { appId: consent.appId }),
    });
    return goBack(request, reply, 'consent-withdrawn', '/playground');
  });
}
