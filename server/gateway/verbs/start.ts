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
export const start: Verb = async ({ tenant, operation, client, caller, fields, baseUrl }) => {
  const scopes = fields.scopes as string[];
  const unavailable = scopes.find(
    (scope) => tenant.profile.scopes.get(scope) === undefined || !(client.scopes === '*' || client.scopes.includes(scope)),
  );
  if (unavailable !== undefined) {
    return refuse(
      'parameter-illegal',
      `scopes contains ${unavailable}: ${tenant.profile.scopes.get(unavailable) === undefined ? 'this wallet has no such scope' : `the client ${client.clientId} is not registered for it`}`,
    );
  }
  const extend = readExtendInfo(fields.extendInfo);
  if (extend === undefined)
    return refuse('parameter-illegal', 'extendInfo is not a JSON object as text: expected one with language and contractDesc');
  const { redirectUrls } = client.record;
  const redirectUrl = (fields.redirectUrl as string | undefined) ?? defaultRedirect(redirectUrls);
  if (redirectUrl !== undefined) {
    const name = operation.wireName('redirectUrl');
    if (!isRedirectUrl(redirectUrl))
      return refuse('parameter-illegal', `${name} is ${redirectUrl}: expected an address such as https://shop.example/callback`);
    if (!allowsRedirect(redirectUrls, redirectUrl))
      return refuse(
        'parameter-illegal',
        `${name} is ${redirectUrl}: expected one of the client's redirectUrls (${redirectUrls?.join(', ') || 'the list is empty'}); add it there, or remove the list to allow any address`,
      );
  }

  const { notifyUrl } = fields;
  if (notifyUrl !== undefined && !isHttpUrl(notifyUrl as string)) {
    return refuse('parameter-illegal', `${operation.wireName('notifyUrl')} is ${notifyUrl}: expected an http or https URL`);
  }

  const issuedAt = tenant.clock.now();
  const ticket: Ticket = {
    ticketId: randomText(32),
    screen: 'consent',
    wallet: tenant.profile.name,
    authorizationId: randomUUID(),
    name: operation.name,
    preparedBy: operation.name,
    clientId: client.clientId,
    scopes,
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
  await tenant.store.saveTicket(ticket);
  const authUrl = `${baseUrl}${tenantBase(tenant.name)}/wallet/consent?id=${ticket.ticketId}`;
  return {
    outcome: 'done',
    answer: { authUrl, authId: ticket.ticketId, authorizationId: ticket.authorizationId, client: client.record },
    reason: `an authorization was prepared for the scopes ${scopes.join(', ')}`,
  };
};

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
