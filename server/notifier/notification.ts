import type { EngineEvent } from '../engine/events.js';
import { readUser } from '../engine/user-info.js';
import { converterContext } from '../profiles/converters.js';
import type { Tenant } from '../tenants/tenant.js';

/** What a merchant is to be told, and where. */
export interface Notification {
  /** The event, by the wallet's name for it where it has one. */
  name: string;
  clientId: string;
  appId?: string;
  userId: string;
  url: string;
  body: string;
  /** Codes and tokens in the body. */
  secrets: string[];
}

/**
 * What an event is to its merchant: the body that the wallet's profile declares, and the address that the merchant gave with the
 * authorization, else the client's own. Undefined where the wallet tells of no such event, or there is nowhere to send it.
 */
export function notificationOf(tenant: Tenant, event: EngineEvent, baseUrl: () => string): Notification | undefined {
  const body = tenant.profile.notifications.get(event.name);
  const { clientId, appId, userId, notifyUrl } = event.name === 'auth-code-created' ? event.code : event.grant;
  const client = tenant.clients.get(clientId);
  const url = notifyUrl ?? client?.record.notifyUrl;
  if (body === undefined || client === undefined || url === undefined || !isHttp(url)) return undefined;
  const known = { client: client.record, ...knownOf(tenant, event) };
  const filled = body(known, converterContext(tenant.profile.source, baseUrl)) as Record<string, unknown>;
  const secrets = [known.authCode, known.accessToken].filter((secret) => secret !== undefined);
  return {
    name: event.name,
    clientId,
    ...(appId !== undefined && { appId }),
    userId,
    url,
    body: JSON.stringify(filled),
    secrets,
  };
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

interface Known {
  authCode?: string;
  state?: string;
  accessToken?: string;
  reason?: string;
  user?: object;
  userInfo?: object;
}

function knownOf(tenant: Tenant, event: EngineEvent): Known {
  if (event.name === 'auth-code-created') {
    const { authCode, state } = event.code;
    return { authCode, ...(state !== undefined && { state }) };
  }
  const { grant, accessToken } = event;
  const user = tenant.users.get(grant.userId);
  return {
    ...(accessToken !== undefined && { accessToken }),
    ...(user && { user, userInfo: readUser(user, grant.scopes, tenant.profile.scopes) }),
    ...(event.name === 'token-canceled' && { reason: `revoked by ${event.by}` }),
  };
}
