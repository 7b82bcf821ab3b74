import type { AccessToken, AuthCode, RefreshToken, Ticket } from '../../engine/store.js';
import type { JournalEntry } from '../../journal/entry.js';
import { hideSecrets, presentEntry } from '../../journal/present.js';
import type { AppRecord, ClientRecord } from '../../records/schema.js';
import type { StoredGrant } from '../../store/grants.js';
import { type AuthorizationState, authorizationStates } from '../../tenants/authorization-state.js';
import type { Tenant } from '../../tenants/tenant.js';
import { mapStrings } from '../../texts/stored-text.js';
import type { Text } from '../../texts/text.js';
import { formatInstant } from '../instant.js';
import { presentAuthorization } from '../routes/authorizations.js';
import { presentClock } from '../routes/clock.js';
import { presentFindings } from '../routes/findings.js';
import { presentScenario } from '../routes/scenarios.js';
import { presentSettings } from '../routes/settings.js';
import { anonymousUser, type Hide, hidePersonalData, personalDataHider } from './hide-personal-data.js';
import { CredentialMask } from './mask-credentials.js';
import { RecordedMask } from './mask-recorded.js';
import { type Report, type ReportEntry, reportVersion } from './report-schema.js';

/**
 * Takes a report of a tenant: what a tester did, and what happened. It has no whole code or token, and no data of a user.
 * @param url the emulator's address, with the tenant's path
 * @param version the emulator's version
 * @param comment what the tester expected
 */
export async function takeReport(tenant: Tenant, url: string, version: string, comment?: string): Promise<Report> {
  const states = await authorizationStates(tenant);
  const mask = new CredentialMask();
  const recordedMask = new RecordedMask(tenant.profile);
  const hiderOf = hidersOf(tenant);
  const state = stateOf(states, tenant.store.entries().grants, mask);
  return {
    report: reportVersion,
    version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    takenAt: formatInstant(tenant.clock.now()),
    ...(comment !== undefined && { comment: hiddenComment(tenant, comment) }),
    tenant: tenant.name,
    url,
    settings: presentSettings(tenant),
    clock: presentClock(tenant),
    clients: Array.from(tenant.clients.all(), ({ record }) => withoutAgentTokens(record, mask)),
    apps: Array.from(tenant.apps.all(), ({ record }) => withoutPicture(record)),
    users: Array.from(tenant.users.all(), ({ record }) => anonymousUser(record)),
    scenarios: tenant.scenarios.all().map(presentScenario),
    findings: presentFindings(tenant),
    authorizations: states.map(presentAuthorization),
    entries: tenant.journal
      .list()
      .map((entry) => reportEntry(tenant, entry, { mask, recordedMask, hidePersonal: hiderOf(entry.userId) })),
    state,
    profile: { ...tenant.profile.source },
  };
}

/** A comment can be about any user, and can quote any token. */
function hiddenComment(tenant: Tenant, comment: string): string {
  const hiders = Array.from(tenant.users.all(), ({ record }) => personalDataHider(record));
  return hiders.reduce((text, hide) => hide(text), hideSecrets(comment, [], tenant));
}

/** A picture of the fixtures is not in the report. */
function withoutPicture({ logo, ...record }: AppRecord): AppRecord {
  return { ...record, ...(logo !== undefined && URL.canParse(logo) && { logo }) };
}

function withoutAgentTokens({ agentTokens, ...record }: ClientRecord, mask: CredentialMask): ClientRecord {
  const hide = (given: NonNullable<ClientRecord['agentTokens']>[number]) =>
    typeof given === 'string' ? mask.hide(given) : { ...given, token: mask.hide(given.token) };
  return { ...record, ...(agentTokens && { agentTokens: agentTokens.map(hide) }) };
}

/** The open screens, codes, grants and tokens of authorizations. @param grants all grants of the tenant */
function stateOf(states: readonly AuthorizationState[], grants: readonly StoredGrant[], mask: CredentialMask): Report['state'] {
  const ids = new Set(states.map(({ grant }) => grant?.grantId));
  const present = <Value>(values: readonly (Value | undefined)[]) => values.filter((value) => value !== undefined);
  return {
    tickets: present(states.map(({ ticket }) => ticket)).map((ticket) => hiddenTicket(ticket, mask)),
    authCodes: present(states.map(({ code }) => code)).map((code) => hiddenCode(code, mask)),
    grants: grants.filter(({ grantId }) => ids.has(grantId)).map((grant) => hiddenGrant(grant, mask)),
    accessTokens: states.flatMap(({ accessTokens }) => accessTokens).map((token) => hiddenPair(token, mask)),
    refreshTokens: states.flatMap(({ refreshTokens }) => refreshTokens).map((token) => hiddenPair(token, mask)),
  };
}

/** The addresses and the state are the merchant's, and may have secrets. No page shows them. */
function hiddenTicket({ redirectUrl, state, notifyUrl, ...ticket }: Ticket, mask: CredentialMask): Report['state']['tickets'][0] {
  return { ...ticket, ticketId: mask.hide(ticket.ticketId) };
}

function hiddenCode({ state, notifyUrl, ...code }: AuthCode, mask: CredentialMask): Report['state']['authCodes'][0] {
  return { ...code, scopes: [...code.scopes], authCode: mask.hide(code.authCode) };
}

function hiddenGrant({ notifyUrl, ...grant }: StoredGrant, mask: CredentialMask): Report['state']['grants'][0] {
  return { ...grant, scopes: [...grant.scopes], latest: hiddenPair(grant.latest, mask) };
}

function hiddenPair<Pair extends Pick<AccessToken & RefreshToken, 'accessToken' | 'refreshToken'>>(
  pair: Pair,
  mask: CredentialMask,
): Pair {
  return { ...pair, accessToken: mask.hide(pair.accessToken), refreshToken: mask.hide(pair.refreshToken) };
}

/** Returns a function that returns what hides the data of a user. It is made once for each user. */
function hidersOf({ users }: Tenant): (userId: string | undefined) => Hide {
  const hiders = new Map<string | undefined, Hide>();
  return (userId) => {
    const known = hiders.get(userId);
    if (known !== undefined) return known;
    const hider = personalDataHider(userId === undefined ? undefined : users.get(userId)?.record);
    hiders.set(userId, hider);
    return hider;
  };
}

interface EntryMasks {
  mask: CredentialMask;
  recordedMask: RecordedMask;
  hidePersonal: Hide;
}

function reportEntry(tenant: Tenant, entry: JournalEntry, { mask, recordedMask, hidePersonal }: EntryMasks): ReportEntry {
  const { secrets, consented, decided, used, reason, signature, recorded } = entry;
  const shown = recordedMask.entry(hidePersonalData(presentEntry(entry, tenant, false), hidePersonal));
  const hideWords = (words: string) => {
    const clean = hidePersonal(hideSecrets(words, secrets, tenant));
    return recorded === undefined ? clean : recordedMask.sentence(clean);
  };
  const hide = (sentence: Text) => mapStrings(sentence, hideWords);
  return {
    ...shown,
    texts: {
      reason: hide(reason),
      mistakes: (signature?.mistakes ?? []).map(({ message }) => hide(message)),
      ...(recorded?.emulator && { emulator: hide(recorded.emulator.reason) }),
    },
    ...(consented && { consented: [...consented] }),
    ...(decided && { decided: { granted: [...decided.granted], refused: { ...decided.refused } } }),
    ...(used && { used: [...used] }),
    credentials: secrets.filter((secret) => mask.has(secret)).map((secret) => mask.hide(secret)),
  };
}
