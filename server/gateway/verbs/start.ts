import { randomUUID } from 'node:crypto';
import { refuse } from '../../engine/outcomes.js';
import type { Ticket } from '../../engine/store.js';
import { tenantBase } from '../../http/address.js';
import { allowsRedirect, defaultRedirect, isRedirectUrl } from '../../records/redirect-urls.js';
import { randomText } from '../../tenants/token-factory.js';
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
    reason: `an authorization was prepared for the scopes ${ticket.scopes.join(', ')}`,
  };
};

type Call = Parameters<Verb>[0];

function scopeProblem({ tenant, client, fields }: Call): string | undefined {
  const isKnown = (scope: string) => tenant.profile.scopes.get(scope) !== undefined;
  const isRegistered = (scope: string) => client.scopes === '*' || client.scopes.includes(scope);
  const unavailable = (fields.scopes as string[]).find((scope) => !isKnown(scope) || !isRegistered(scope));
  if (unavailable === undefined) return undefined;
  const why = isKnown(unavailable) ? `the client ${client.clientId} is not registered for it` : 'this wallet has no such scope';
  return `scopes contains ${unavailable}: ${why}`;
}

function extendProblem(extend: Record<string, unknown> | undefined): string | undefined {
  return extend === undefined
    ? 'extendInfo is not a JSON object as text: expected one with language and contractDesc'
    : undefined;
}

function redirectProblem({ operation, client }: Call, redirectUrl: string | undefined): string | undefined {
  if (redirectUrl === undefined) return undefined;
  const given = `${operation.wireName('redirectUrl')} is ${redirectUrl}`;
  if (!isRedirectUrl(redirectUrl)) return `${given}: expected an address such as https://shop.example/callback`;
  const { redirectUrls } = client.record;
  if (allowsRedirect(redirectUrls, redirectUrl)) return undefined;
  const allowed = redirectUrls?.join(', ') || 'the list is empty';
  return `${given}: expected one of the client's redirectUrls (${allowed}); add it there, or remove the list to allow any address`;
}

function notifyProblem({ operation, fields: { notifyUrl } }: Call): string | undefined {
  if (notifyUrl === undefined || isHttpUrl(notifyUrl as string)) return undefined;
  return `${operation.wireName('notifyUrl')} is ${notifyUrl}: expected an http or https URL`;
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
    authorizationId: randomUUID(),
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
