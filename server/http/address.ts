import type { IncomingHttpHeaders } from 'node:http';
import { defaultTenant, tenantName } from '../tenants/tenants.js';

/** The first segment of a path that names a tenant: `/t/<tenant>/…`. */
export const tenantSegment = 't';
const tenantPath = new RegExp(`^/${tenantSegment}/([^/]*)(/.*)?$`);

/** A request target, taken apart. */
export interface Address {
  /** The path below a possible `/t/<tenant>`. */
  path: string;
  /** The path as it was sent, without host and query. */
  sentPath: string;
  /** With its `?`; empty where there is none. */
  query: string;
  /** What `/t/<tenant>` names. */
  tenant?: string;
}

/** Takes a request target apart; in its absolute form (RFC 9112, 3.2.2) it carries a scheme and a host, which say nothing here. */
export function readAddress(target: string): Address {
  const relative = target.startsWith('/') ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const mark = relative.search(/[?#]/);
  const sentPath = (mark < 0 ? relative : relative.slice(0, mark)) || '/';
  const query = mark < 0 ? '' : relative.slice(mark);
  const [, tenant, rest] = tenantPath.exec(sentPath) ?? [];
  return tenant !== undefined && tenantName.test(tenant)
    ? { path: rest ?? '/', sentPath, query, tenant }
    : { path: sentPath, sentPath, query };
}

/** Which tenant a request names: by its header, else by its path; undefined where by neither. @throws Error that says what a name looks like */
export function namedTenant(headers: IncomingHttpHeaders, address: Address): string | undefined {
  const header = headers['x-emulator-tenant'];
  if (header === undefined) return address.tenant;
  if (typeof header !== 'string' || !tenantName.test(header)) {
    throw new Error(
      `the header X-Emulator-Tenant is "${String(header).slice(0, 80)}": expected a name of up to 64 letters, digits, dots, hyphens and underscores`,
    );
  }
  return header;
}

/** What a tenant's own addresses begin with. */
export function tenantBase(name: string): string {
  return name === defaultTenant ? '' : `/${tenantSegment}/${name}`;
}
