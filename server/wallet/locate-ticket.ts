import type { FastifyRequest } from 'fastify';
import type { Ticket } from '../engine/store.js';
import type { TenantContext } from '../http/request-context.js';
import { tenantSegment } from '../tenants/tenant.js';
import { defaultTenant } from '../tenants/tenant-name.js';

/** A ticket, with the tenant that stores it. */
export interface LocatedTicket extends TenantContext {
  ticket: Ticket;
}

const screenPath = new RegExp(`/${tenantSegment}/([^/]+)/wallet/consent$`);

/**
 * Finds the ticket that the address of a screen names: in the request's tenant, or else in the tenant of the address. The two differ if
 * one merchant's server prepares authorizations for many tests, and each test has a tenant.
 */
export async function locateTicket(request: FastifyRequest, address: string): Promise<LocatedTicket | undefined> {
  const url = URL.canParse(address, request.base) ? new URL(address, request.base) : undefined;
  const ticketId = url?.searchParams.get('id');
  if (url === undefined || !ticketId) return undefined;
  const { tenant, base, prefix } = request;
  const own = await tenant.store.findTicket(ticketId);
  if (own !== undefined) return { ticket: own, tenant, base, prefix };
  const other = await request.findTenant(screenPath.exec(url.pathname)?.[1] ?? defaultTenant);
  const ticket = await other?.tenant.store.findTicket(ticketId);
  return other && ticket && { ticket, ...other };
}

/**
 * Answers the request for a screen in the tenant of its ticket. A test's browser may send the header X-Emulator-Tenant with every
 * request, and the ticket may belong to another tenant.
 */
export async function useTicketTenant(request: FastifyRequest): Promise<void> {
  const located = await locateTicket(request, request.originalUrl);
  if (located === undefined) return;
  request.tenant = located.tenant;
  request.base = located.base;
  request.prefix = located.prefix;
}
