import type { EngineEvent } from '../engine/events.js';
import { revokerText } from '../engine/revoker.js';
import { readUser } from '../engine/user-info.js';
import { converterContext } from '../profiles/converters.js';
import type { StoredNotification } from '../store/notifications.js';
import type { Tenant } from '../tenants/tenant.js';
import { inEnglish } from '../texts/write-text.js';

/** A message for a merchant, and where to send it. */
export type Notification = Omit<StoredNotification, 'notificationId' | 'tries' | 'dueAt' | 'sender'>;

/**
 * The notification for an event. The wallet's profile declares the body. It goes to the `notifyUrl` of the authorization, or else of
 * the client.
 *
 * @returns undefined if the wallet does not notify about this event, or if there is no http or https address
 */
export function notificationOf(tenant: Tenant, event: EngineEvent, baseUrl: () => string): Notification | undefined {
  const body = tenant.profile.notifications.get(event.name);
  const {
    clientId,
    appId,
    userId,
    authorizationId,
    notifyUrl,
    secondaryMerchantId = clientId,
  } = 'code' in event ? event.code : event.grant;
  const client = tenant.clients.get(clientId);
  const url = notifyUrl ?? client?.record.notifyUrl;
  if (body === undefined || client === undefined || url === undefined || !isHttp(url)) return undefined;
  const known = { client: client.record, secondaryMerchantId, ...knownOf(tenant, event) };
  const filled = body(known, converterContext(tenant.profile.source, baseUrl)) as Record<string, unknown>;
  const secrets = [known.authCode, known.accessToken].filter((secret) => secret !== undefined);
  return {
    name: event.name,
    clientId,
    ...(appId !== undefined && { appId }),
    userId,
    ...(authorizationId !== undefined && { authorizationId }),
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
  const baseUrl = 'baseUrl' in event ? event.baseUrl : undefined;
  const user = tenant.users.get(grant.userId);
  return {
    ...(accessToken !== undefined && { accessToken }),
    ...(user && { user, userInfo: readUser(user, grant.scopes, tenant.profile.scopes, baseUrl) }),
    ...(event.name === 'token-canceled' && {
      reason: `revoked by ${inEnglish(revokerText({ revokedBy: event.by, clientId: grant.clientId }))}`,
    }),
  };
}
