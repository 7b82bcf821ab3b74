import type { JournalEntry } from '../journal/entry.js';
import { presentEntry } from '../journal/present.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { durationInWords } from '../pages/duration-text.js';
import { errorInWords } from '../pages/error-text.js';
import { findingInWords } from '../pages/finding-text.js';
import { actedModel } from '../pages/library-text.js';
import { scopeTitle } from '../pages/scope-text.js';
import { callTime, timeModel } from '../pages/time-model.js';
import type { AuthorizationState } from '../tenants/authorization-state.js';
import type { Tenant } from '../tenants/tenant.js';
import { endOf, type Lifetime, lifetimesModel, lifetimesOf, nextExpiry } from './lifetimes-model.js';
import { nameIds } from './name-ids.js';
import { runningModel } from './running-model.js';

/** Something that happens to an authorization without a call: the end of a code or token, or the revocation. */
interface TimelineEvent {
  at: number;
  text: string;
}

/** An authorization as a row of a list. */
export function authorizationItem(tenant: Tenant, state: AuthorizationState, lang: string) {
  const { authorizationId, clientId, appId, userId, status, startedAt, scopes } = state;
  return {
    authorizationId,
    status,
    statusText: phrase(catalogue(lang), `authorization.status.${status}`) ?? status,
    clientId,
    appId,
    userId,
    app: (appId !== undefined && tenant.apps.get(appId)?.name) || tenant.clients.get(clientId)?.name || clientId,
    client: tenant.clients.get(clientId)?.name ?? clientId,
    user: userId === undefined ? undefined : (tenant.users.get(userId)?.record.name ?? userId),
    scopes: scopes.map((scope) => scopeTitle(tenant.profile, scope, lang)),
    started: timeModel(startedAt, tenant.clock.now()),
  };
}

/** An authorization as a page: its scopes, its lifetimes, and its calls and events in time order. */
export function authorizationModel(tenant: Tenant, state: AuthorizationState, lang: string, showSecrets: boolean) {
  const now = tenant.clock.now();
  const lifetimes = lifetimesOf(state);
  return {
    ...authorizationItem(tenant, state, lang),
    now: { ...timeModel(now, now), frozen: tenant.clock.frozen },
    scopes: state.scopes.map((scope) => scopeModel(tenant, state, scope, lang)),
    lifetimes: lifetimes.length === 0 ? undefined : lifetimesModel(lifetimes, now, lang, showSecrets),
    expiry: nextExpiry(lifetimes, now, lang),
    canRevoke: state.grant !== undefined && state.grant.revokedAt === undefined,
    grantedScopes: state.granted,
    timeline: timeline(tenant, state, lifetimes, lang, showSecrets),
  };
}

function scopeModel({ profile }: Tenant, { granted, refused, ticket, status }: AuthorizationState, scope: string, lang: string) {
  const words = catalogue(lang);
  const code = refused[scope];
  const open = status === 'PENDING' ? 'asked' : ticket === undefined ? 'refused' : 'unanswered';
  const result = granted.includes(scope) ? 'granted' : code === undefined ? open : 'refused';
  return {
    name: scope,
    title: scopeTitle(profile, scope, lang),
    result,
    resultText: phrase(words, `authorization.scope.${result}`),
    ...(code !== undefined && result === 'refused' && { code, why: phrase(words, `scopeErrors.${code}`) }),
  };
}

/** The steps, the events between them, and now. Events after now are still to come. */
function timeline(tenant: Tenant, state: AuthorizationState, lifetimes: readonly Lifetime[], lang: string, showSecrets: boolean) {
  const now = tenant.clock.now();
  const pending = eventsOf(state, lifetimes, lang).sort((one, other) => one.at - other.at);
  const items: object[] = [];
  const addEvents = (isDue: (event: TimelineEvent) => boolean, future: boolean) => {
    while (pending[0] !== undefined && isDue(pending[0])) {
      const { at, text } = pending.shift() as TimelineEvent;
      items.push({ is: 'event', text, future, ...timeModel(at, now) });
    }
  };
  for (const entry of state.entries) {
    addEvents(({ at }) => at < entry.at && at <= now, false);
    items.push({ is: 'step', ...stepModel(tenant, state, entry, lang, showSecrets) });
  }
  addEvents(({ at }) => at <= now, false);
  for (const { entry, isJournaled } of state.running)
    if (!isJournaled) items.push({ is: 'step', ...stepModel(tenant, state, entry, lang, showSecrets) });
  items.push({ is: 'now' });
  addEvents(() => true, true);
  return items;
}

function stepModel(tenant: Tenant, state: AuthorizationState, entry: JournalEntry, lang: string, showSecrets: boolean) {
  const shown = presentEntry({ ...entry, reason: nameIds(entry.reason, tenant, lang) }, tenant, showSecrets, lang);
  return {
    id: shown.id,
    running: runningModel(tenant, entry, lang),
    operation: shown.operation ?? shown.path,
    kindText: phrase(catalogue(lang), `journal.kind.${shown.kind}`),
    resultStatus: shown.resultStatus,
    result: shown.resultCode ?? `HTTP ${shown.status}`,
    resultInWords: errorInWords(tenant.profile, shown, lang),
    reason: shown.reason,
    scenario: shown.scenario && actedModel(tenant.scenarios, shown.scenario, lang),
    findings: entry.findings.map((code) => findingInWords(code, lang)),
    after: durationInWords(Math.max(entry.at - state.startedAt, 0), lang),
    ...callTime(entry.at, tenant.clock.now()),
  };
}

/** Only ends that no call caused: an exchange or a refresh is a step. */
function eventsOf({ grant, ticket }: AuthorizationState, lifetimes: readonly Lifetime[], lang: string): TimelineEvent[] {
  const words = catalogue(lang);
  const events = lifetimes
    .filter((lifetime) => endOf(lifetime) === lifetime.expiresAt)
    .map(({ kind, expiresAt }) => ({ at: expiresAt, text: phrase(words, `authorization.events.${kind}`) ?? kind }));
  if (ticket !== undefined) {
    // A prepared authorization has a call that says so.
    if (ticket.preparedBy === undefined)
      events.push({ at: ticket.issuedAt, text: phrase(words, 'authorization.events.asked') ?? '' });
    events.push({ at: ticket.expiresAt, text: phrase(words, 'authorization.events.unanswered') ?? '' });
  }
  if (grant?.revokedAt !== undefined)
    events.push({ at: grant.revokedAt, text: phrase(words, 'authorization.events.revoked') ?? 'revoked' });
  return events;
}
