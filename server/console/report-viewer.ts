import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendError } from '../http/send-error.js';
import { brandModel } from '../pages/brand.js';
import { catalogue, chooseLanguage, phrase } from '../pages/catalogues.js';
import { sendPage } from '../pages/render.js';
import { defaultTenant } from '../tenants/tenants.js';
import { text } from '../texts/text.js';
import { inEnglish } from '../texts/write-text.js';

const reads = new Set(['GET', 'HEAD']);

/**
 * Makes an emulator that shows a report read-only: it refuses every request that would change something, and every path without a page.
 * Call it after `addRequestContext`, in the same scope.
 */
export function showOnlyReport(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { method, routeOptions, tenant } = request;
    if (tenant.name !== defaultTenant) return refuse(request, reply, 404);
    if (!reads.has(method) && routeOptions.config.reads !== true) return refuse(request, reply, 403);
  });
  app.route({
    method: app.supportedMethods,
    url: '/*',
    exposeHeadRoute: false,
    handler: (request, reply) => refuse(request, reply, 404),
  });
}

/** Says why in a page if a browser asks for one, else in JSON. */
async function refuse(request: FastifyRequest, reply: FastifyReply, status: 403 | 404): Promise<FastifyReply | string> {
  const { openedReport, prefix, callAddress, tenant, query, headers } = request;
  if (headers.accept?.includes('text/html') !== true)
    return sendError(reply, status, 'read-only', inEnglish(text('report-read-only', { file: openedReport?.file ?? '' })));
  const lang = chooseLanguage((query as { lang?: unknown }).lang, headers['accept-language'], tenant.profile.source.locale);
  const say = (part: string) => phrase(catalogue(lang), `report.refused.${part}`);
  const assets = `${prefix}/assets`;
  const page = await sendPage(reply.status(status), 'notice', {
    lang,
    assets,
    wallet: brandModel(tenant.profile, assets),
    mode: 'page',
    title: say('title'),
    message: say('message'),
    advice: say('advice'),
    answer: null,
    onward: [{ href: `${callAddress.basePath}/`, text: phrase(catalogue(lang), 'notice.dashboard') }],
  });
  return reply.send(page);
}
