import type { AccessToken, AuthCode, Grant, RefreshToken, Ticket } from '../engine/store.js';
import type { JournalEntry } from '../journal/entry.js';
import type { RunningCall } from '../journal/running-calls.js';
import type { Tenant } from './tenant.js';

export const authorizationStatuses = ['PENDING', 'GRANTED', 'REFUSED', 'EXCHANGED', 'EXPIRED', 'REVOKED'] as const;
export type AuthorizationStatus = (typeof authorizationStatuses)[number];

/** An authorization from its first call to its end. Times are milliseconds since the epoch, by the tenant's clock. */
export interface AuthorizationState {
  authorizationId: string;
  clientId: string;
  appId?: string;
  /** Absent until it is known whom the screen asks. */
  userId?: string;
  /** The scopes that were asked for. */
  scopes: readonly string[];
  granted: readonly string[];
  /** Scope → code that says why. */
  refused: Readonly<Record<string, string>>;
  status: AuthorizationStatus;
  startedAt: number;
  /** The screen that the user has not answered. */
  ticket?: Ticket;
  code?: AuthCode;
  grant?: Grant;
  /** The tokens that its calls carried, and the newest pair, oldest first. */
  accessTokens: readonly AccessToken[];
  refreshTokens: readonly RefreshToken[];
  /** Its calls, oldest first. */
  entries: readonly JournalEntry[];
  /** Its calls that run, oldest first. */
  running: readonly RunningCall[];
}

/** The parts of an authorization in the store: the screen that the user has not answered, the code, the grant and the tokens. */
interface Parts {
  ticket?: Ticket | undefined;
  code?: AuthCode;
  grant?: Grant;
  accessTokens: AccessToken[];
  refreshTokens: RefreshToken[];
}

/**
 * The authorizations that the journal knows or that wait for their user, newest first.
 * @param limit at most this many; default: all
 */
export async function authorizationStates(tenant: Tenant, limit?: number): Promise<AuthorizationState[]> {
  const tickets = await unansweredTickets(tenant);
  const running = tenant.running.list().flatMap(({ entry }) => entry.authorizationId ?? []);
  const ids = [...new Set([...running, ...tickets.keys(), ...tenant.journal.authorizationIds()])].slice(0, limit);
  const states = await Promise.all(ids.map((id) => stateOf(tenant, id, tickets.get(id))));
  return states.filter((state) => state !== undefined).sort((one, other) => other.startedAt - one.startedAt);
}

/** One authorization. @returns undefined if the journal has no call of it, none runs, and no screen waits for its user */
export async function authorizationState(tenant: Tenant, authorizationId: string): Promise<AuthorizationState | undefined> {
  return stateOf(tenant, authorizationId, (await unansweredTickets(tenant)).get(authorizationId));
}

/** The screens that the user has not answered, by authorizationId, newest first. */
async function unansweredTickets({ store }: Tenant): Promise<Map<string, Ticket>> {
  const tickets = new Map<string, Ticket>();
  for (const ticket of (await store.tickets()).reverse())
    if (ticket.authorizationId !== undefined && ticket.answeredAt === undefined) tickets.set(ticket.authorizationId, ticket);
  return tickets;
}

async function stateOf(
  tenant: Tenant,
  authorizationId: string,
  ticket: Ticket | undefined,
): Promise<AuthorizationState | undefined> {
  const entries = tenant.journal.entriesOf(authorizationId);
  const running = tenant.running
    .list()
    .filter(({ entry }) => entry.authorizationId === authorizationId)
    .reverse();
  const first = entries[0] ?? running[0]?.entry;
  const parts = { ticket, ...(await findParts(tenant, authorizationId, entries)) };
  const { code, grant, accessTokens, refreshTokens } = parts;
  const last = <Field extends 'clientId' | 'appId' | 'userId'>(field: Field) =>
    grant?.[field] ??
    code?.[field] ??
    entries.findLast((entry) => entry[field] !== undefined)?.[field] ??
    // On an open screen, another user can still be chosen.
    (ticket === undefined ? running[0]?.entry[field] : undefined);
  const clientId = last('clientId') ?? ticket?.clientId;
  if (clientId === undefined) return undefined;
  const appId = last('appId') ?? ticket?.appId;
  const userId = last('userId');
  const decided = entries.find((entry) => entry.decided !== undefined)?.decided;
  const granted = grant?.scopes ?? code?.scopes ?? decided?.granted ?? [];
  const refused = decided?.refused ?? {};
  return {
    authorizationId,
    clientId,
    ...(appId !== undefined && { appId }),
    ...(userId !== undefined && { userId }),
    scopes: [...new Set([...(ticket?.scopes ?? first?.scopes ?? []), ...granted, ...Object.keys(refused)])],
    granted,
    refused,
    status:
      running.length > 0 && entries.length === 0 && parts.code === undefined
        ? 'PENDING'
        : statusOf(parts, granted.length > 0, tenant.clock.now()),
    startedAt: startOf(parts, first),
    ...(ticket && { ticket }),
    ...(code && { code }),
    ...(grant && { grant }),
    accessTokens,
    refreshTokens,
    entries,
    running,
  };
}

/** Finds the code, the grant and the tokens of an authorization by the codes and tokens that its calls carried. */
async function findParts(
  { store }: Tenant,
  authorizationId: string,
  entries: readonly JournalEntry[],
): Promise<Omit<Parts, 'ticket'>> {
  const accessTokens = new Map<string, AccessToken>();
  const refreshTokens = new Map<string, RefreshToken>();
  let found: { code?: AuthCode; grant?: Grant } = {};
  for (const secret of new Set(entries.flatMap(({ secrets }) => secrets))) {
    const code = await store.findAuthCode(secret);
    const access = await store.findAccessToken(secret);
    const refresh = await store.findRefreshToken(secret);
    const grant = access?.grant ?? refresh?.grant;
    if ((code ?? grant)?.authorizationId !== authorizationId) continue;
    found = { ...found, ...(code && { code }), ...(grant && { grant }) };
    if (access !== undefined) accessTokens.set(secret, access.token);
    if (refresh !== undefined) refreshTokens.set(secret, refresh.token);
  }
  const newest = found.grant && (await store.latestPair(found.grant.grantId));
  if (newest !== undefined) {
    accessTokens.set(newest.access.accessToken, newest.access);
    refreshTokens.set(newest.refresh.refreshToken, newest.refresh);
  }
  return { ...found, accessTokens: [...accessTokens.values()], refreshTokens: [...refreshTokens.values()] };
}

function statusOf({ ticket, code, grant, ...tokens }: Parts, granted: boolean, now: number): AuthorizationStatus {
  if (grant !== undefined) {
    if (grant.revokedAt !== undefined) return 'REVOKED';
    const live = [...tokens.accessTokens, ...tokens.refreshTokens.filter(({ usedAt }) => usedAt === undefined)];
    return live.some(({ expiresAt }) => expiresAt > now) ? 'EXCHANGED' : 'EXPIRED';
  }
  if (code !== undefined) return code.expiresAt > now ? 'GRANTED' : 'EXPIRED';
  if (ticket !== undefined) return ticket.expiresAt > now ? 'PENDING' : 'EXPIRED';
  // The consent was withdrawn, and its code or tokens were deleted.
  return granted ? 'REVOKED' : 'REFUSED';
}

function startOf({ ticket, code, grant }: Parts, first: JournalEntry | undefined): number {
  const times = [first?.at, ticket?.issuedAt, code?.issuedAt, grant?.startedAt];
  return Math.min(...times.filter((time) => time !== undefined));
}
