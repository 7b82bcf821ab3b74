import type { IncomingHttpHeaders } from 'node:http';
import { tenantSegment } from '../tenants/tenant.js';
import { defaultTenant, tenantName } from '../tenants/tenant-name.js';
import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';

const tenantPath = new RegExp(`^/${tenantSegment}/([^/]*)(/.*)?$`);

/** The maximum length of an id in a path, in characters. */
export const maxIdLength = 300;

/** The parts of a request target. */
export interface Address {
  /** The path without `/t/<tenant>`. */
  path: string;
  /** The path as it was sent, without host and query. */
  sentPath: string;
  /** With its `?`; empty if there is no query. */
  query: string;
  /** The tenant of `/t/<tenant>`. */
  tenant?: string;
}

declare module 'node:http' {
  interface IncomingMessage {
    /** The parts of the request target, without the path of `--public-url`. They are read once, before a route is looked up. */
    address: Address;
  }
}

/** Splits a request target. Ignores the scheme and host of the absolute form (RFC 9112, 3.2.2). */
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

/** The tenant that a request names in its header, else in its path. @throws TextError if the name in the header is not valid */
export function namedTenant(headers: IncomingHttpHeaders, address: Address): string | undefined {
  const header = headers['x-emulator-tenant'];
  if (header === undefined) return address.tenant;
  if (typeof header !== 'string' || !tenantName.test(header)) {
    throw new TextError(text('tenant-header-wrong', { name: String(header).slice(0, 80) }));
  }
  return header;
}

/** The emulator's address without the path of its tenant. */
export function withoutTenant({ base, tenant }: { base: string; tenant: { name: string } }): string {
  return base.slice(0, base.length - tenantBase(tenant.name).length);
}

/** The prefix of a tenant's paths: empty for the default tenant. */
export function tenantBase(name: string): string {
  return name === defaultTenant ? '' : `/${tenantSegment}/${name}`;
}
