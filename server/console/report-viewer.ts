import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendError } from '../http/send-error.js';
import { sendNotice } from '../pages/notice-page.js';
import { defaultTenant } from '../tenants/tenant-name.js';
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
  const { openedReport, callAddress, tenant, headers } = request;
  if (headers.accept?.includes('text/html') !== true)
    return sendError(reply, status, 'read-only', inEnglish(text('report-read-only', { file: openedReport?.file ?? '' })));
  const { basePath } = callAddress;
  const page = await sendNotice(request, reply.status(status), { tenant, prefix: basePath }, (say) => ({
    title: say('report.refused.title'),
    message: say('report.refused.message'),
    advice: say('report.refused.advice'),
    onward: [{ href: `${basePath}/`, text: say('notice.dashboard') }],
  }));
  return reply.send(page);
}
