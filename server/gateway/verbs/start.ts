import { refuse } from '../../engine/outcomes.js';
import { randomId } from '../../engine/random-id.js';
import type { Ticket } from '../../engine/store.js';
import { tenantBase } from '../../http/address.js';
import { allowsRedirect, defaultRedirect, isRedirectUrl } from '../../records/redirect-urls.js';
import { randomText } from '../../tenants/token-factory.js';
import { type Text, text } from '../../texts/text.js';
import type { Verb } from './verb.js';

/** The lifetime of an authUrl, in milliseconds of the emulator's time. */
const authUrlLifetimeMs = 60 * 60 * 1000;

/** Prepares an authorization (the protocol's `prepare`), and answers with the URL that the user opens. */
export const start: Verb = async (call) => {
  const { tenant, client, caller, fields } = call;
  const extend = readExtendInfo(fields.extendInfo);
  const redirectUrl = (fields.redirectUrl as string | undefined) ?? defaultRedirect(client.record.redirectUrls);
  const problem = scopeProblem(call) ?? extendProblem(extend) ?? redirectProblem(call, redirectUrl) ?? notifyProblem(call);
  if (problem !== undefined) return refuse('parameter-illegal', problem);

  const ticket = createTicket(call, extend ?? {}, redirectUrl);
  await tenant.store.saveTicket(ticket);
  const authUrl = `${caller.baseUrl}${tenantBase(tenant.name)}/wallet/consent?id=${ticket.ticketId}`;
  return {
    outcome: 'done',
    answer: { authUrl, authId: ticket.ticketId, authorizationId: ticket.authorizationId, client: client.record },
    reason: text('authorization-prepared', { scopes: ticket.scopes }),
  };
};

type Call = Parameters<Verb>[0];

function scopeProblem({ tenant, client, fields }: Call): Text | undefined {
  const isKnown = (scope: string) => tenant.profile.scopes.get(scope) !== undefined;
  const isRegistered = (scope: string) => client.scopes === '*' || client.scopes.includes(scope);
  const unavailable = (fields.scopes as string[]).find((scope) => !isKnown(scope) || !isRegistered(scope));
  if (unavailable === undefined) return undefined;
  return isKnown(unavailable)
    ? text('scopes-unregistered', { scope: unavailable, clientId: client.clientId })
    : text('scopes-unknown', { scope: unavailable });
}

function extendProblem(extend: Record<string, unknown> | undefined): Text | undefined {
  return extend === undefined ? text('extend-info-wrong') : undefined;
}

function redirectProblem({ operation, client }: Call, redirectUrl: string | undefined): Text | undefined {
  if (redirectUrl === undefined) return undefined;
  const given = { field: operation.wireName('redirectUrl'), url: redirectUrl };
  if (!isRedirectUrl(redirectUrl)) return text('redirect-not-address', given);
  const { redirectUrls } = client.record;
  if (allowsRedirect(redirectUrls, redirectUrl)) return undefined;
  const allowed = redirectUrls !== undefined && redirectUrls.length > 0 ? redirectUrls : text('list-empty');
  return text('redirect-not-allowed', { ...given, allowed });
}

function notifyProblem({ operation, fields: { notifyUrl } }: Call): Text | undefined {
  if (notifyUrl === undefined || isHttpUrl(notifyUrl as string)) return undefined;
  return text('notify-not-http', { field: operation.wireName('notifyUrl'), url: String(notifyUrl) });
}

function createTicket(
  { tenant, operation, client, caller, fields }: Call,
  extend: Record<string, unknown>,
  redirectUrl: string | undefined,
): Ticket {
  const issuedAt = tenant.clock.now();
  return {
    ticketId: randomText(32),
    screen: 'consent',
    wallet: tenant.profile.name,
    authorizationId: randomId(),
    name: operation.name,
    preparedBy: operation.name,
    clientId: client.clientId,
    scopes: fields.scopes as string[],
    ancestors: [],
    findings: [],
    ...(typeof extend.contractDesc === 'string' && { contract: extend.contractDesc }),
    ...(typeof extend.language === 'string' && { lang: extend.language }),
    ...(redirectUrl !== undefined && { redirectUrl }),
    ...(typeof fields.state === 'string' && { state: fields.state }),
    ...(typeof fields.notifyUrl === 'string' && { notifyUrl: fields.notifyUrl }),
    ...(typeof fields.secondaryMerchant === 'string' && { secondaryMerchantId: fields.secondaryMerchant }),
    ...(caller.lifetimes && { lifetimes: caller.lifetimes }),
    issuedAt,
    expiresAt: issuedAt + authUrlLifetimeMs,
  };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function readExtendInfo(extendInfo: unknown): Record<string, unknown> | undefined {
  if (extendInfo === undefined) return {};
  try {
    const value: unknown = JSON.parse(extendInfo as string);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
