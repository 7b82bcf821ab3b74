import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from '../tenants/tenant.js';
import { sendNotice } from './notice-page.js';

/**
 * Sends a page with 404 that says that the address is wrong, with links to the dashboard and the playground.
 * @param prefix of the tenant's paths
 */
export function sendUnknownPage(request: FastifyRequest, reply: FastifyReply, tenant: Tenant, prefix: string): Promise<string> {
  return sendNotice(request, reply.status(404), { tenant, prefix }, (say) => ({
    title: say('notice.page.title'),
    message: say('notice.page.message'),
    advice: say('notice.page.advice'),
    onward: [
      { href: `${prefix}/`, text: say('notice.dashboard') },
      { href: `${prefix}/playground`, text: say('dashboard.openPlayground') },
    ],
  }));
}
