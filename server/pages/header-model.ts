import type { FastifyRequest } from 'fastify';
import type { JournalEntry } from '../journal/entry.js';
import { isMerchantCall } from '../journal/merchant-call.js';
import { hasChangedBehaviour } from '../tenants/behaviour.js';
import type { Tenant } from '../tenants/tenant.js';
import { catalogue, languages, phrase } from './catalogues.js';
import { initials, pictureUrl } from './face.js';
import { activeInWords } from './library-text.js';
import { answersAlone, noteInWords } from './note-text.js';
import { timeModel } from './time-model.js';

/** The maximum number of tenants in the menu. */
const maxTenants = 20;

/** The query field that names what a form has done: a key of the texts under `done`. */
export const doneField = 'done';

/** The values of the header that all pages for testers have: the clock, and the menus of wallet, user and tenant. */
export function headerModel(request: FastifyRequest, lang: string) {
  const { tenant, prefix, openedReport } = request;
  return {
    report: openedReport && { ...openedReport, time: timeInWords(openedReport.takenAt) },
    back: pathWithoutDone(request),
    done: doneInWords(request, lang),
    clock: clockModel(tenant),
    scenarios: activeInWords(tenant, lang),
    wallets: tenant.wallets.map(({ name, source }) => ({ name, title: source.title, current: name === tenant.profile.name })),
    user: tenant.currentUser && userItem(tenant, tenant.currentUser.userId, prefix, lang),
    users: Array.from(tenant.users.all(), ({ userId }) => userItem(tenant, userId, prefix, lang)),
    languages: languages
      .filter((one) => one !== lang)
      .map((one) => ({ lang: one, name: phrase(catalogue(one), 'header.language') })),
    tenant: tenant.name,
    tenants: request.recentTenants(maxTenants).map((recent) => ({
      ...tenantItem(recent.tenant, recent.prefix),
      current: recent.tenant === tenant,
    })),
  };
}

/** `2026-11-27 13:00:00` */
function timeInWords(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** The tenant's clock. Without a script, a page shows the time at which it was sent. */
export function clockModel({ clock }: Tenant) {
  const now = clock.now();
  const iso = new Date(now).toISOString();
  return { now, iso, date: iso.slice(0, 10), time: iso.slice(11, 19), frozen: clock.frozen, moved: clock.moved };
}

/** A user as an item of a list, with what the user does now. */
export function userItem(tenant: Tenant, userId: string, prefix: string, lang: string) {
  const user = tenant.users.get(userId);
  const name = user?.record.name ?? userId;
  return {
    userId,
    name,
    locale: user?.record.locale,
    country: user?.record.country,
    note: user === undefined ? null : noteInWords(tenant, user, lang),
    answersAlone: user !== undefined && answersAlone(tenant, user),
    changed: user !== undefined && hasChangedBehaviour(tenant, userId),
    current: userId === tenant.currentUser?.userId,
    face: { image: pictureUrl(user?.record.avatar, prefix), initials: initials(name) },
  };
}

function tenantItem(tenant: Tenant, prefix: string) {
  const last = tenant.journal.newest(isCall);
  return {
    name: tenant.name,
    prefix,
    wallet: tenant.profile.source.title,
    ...(last && { last: { ...timeModel(last.at, tenant.clock.now()), ...callInWords(last) } }),
  };
}

function isCall(entry: JournalEntry): boolean {
  return isMerchantCall(entry) || entry.kind === 'jsapi';
}

function callInWords({ operation, path, resultCode, status, resultStatus }: JournalEntry) {
  return { operation: operation ?? path, result: resultCode ?? `HTTP ${status}`, resultStatus };
}

/** The address of the page, to which its forms lead back. */
function pathWithoutDone({ browserPath, originalUrl }: FastifyRequest): string {
  const { searchParams } = new URL(originalUrl, 'http://emulator.invalid');
  searchParams.delete(doneField);
  const query = searchParams.toString();
  return query === '' ? browserPath : `${browserPath}?${query}`;
}

function doneInWords({ query }: FastifyRequest, lang: string): string | undefined {
  const done = (query as Record<string, unknown>)[doneField];
  return typeof done === 'string' && /^[a-z-]{1,40}$/.test(done) ? phrase(catalogue(lang), `done.${done}`) : undefined;
}
