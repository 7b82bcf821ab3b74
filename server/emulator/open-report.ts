import type { Report, ReportEntry } from '../control/report/report-schema.js';
import type { OpenedReport } from '../http/opened-report.js';
import type { JournalEntry, RecordedFacts, StoredFacts } from '../journal/entry.js';
import { Profiles } from '../profiles/profiles.js';
import { appEntry, clientEntry, userEntry } from '../records/entries.js';
import type { Fixtures } from '../records/fixtures.js';
import { fillFromSnapshot } from '../tenants/snapshot.js';
import type { Tenant } from '../tenants/tenant.js';
import { readStoredText } from '../texts/stored-text.js';
import { quote, type Text } from '../texts/text.js';
import type { LoadedFiles } from './load-files.js';

/** A report and its file. */
export interface ReportFile {
  file: string;
  report: Report;
}

/** The facts about a report that its pages say. */
export function openedReport({ file, report: { version, takenAt, comment, tenant, url } }: ReportFile): OpenedReport {
  return { file, version, takenAt, ...(comment !== undefined && { comment }), tenant, url };
}

/**
 * The records and the profile of a report, in place of fixtures and the files of profiles.
 * @throws Error in one line: the file, the field and what was expected
 */
export function filesOfReport({ file, report }: ReportFile, baseUrl: () => string): LoadedFiles {
  const profiles = new Profiles([], baseUrl);
  const { name } = profiles.openContent(`${file}: profile`, report.profile);
  return { fixtures: fixturesOf(file, report), profiles, wallet: name };
}

function fixturesOf(file: string, { clients, apps, users }: Report): Fixtures {
  return {
    clients: entriesById(clients, 'clientId', `${file}: clients`, clientEntry),
    apps: entriesById(apps, 'appId', `${file}: apps`, appEntry),
    appsWithoutClient: [],
    users: entriesById(users, 'userId', `${file}: users`, userEntry),
    scenarios: [],
    scenarioPlaces: [],
  };
}

function entriesById<Field extends string, Stored extends Record<Field, string>, Entry>(
  records: readonly Stored[],
  idField: Field,
  place: string,
  entryOf: (record: Stored) => Entry,
): Map<string, Entry> {
  return new Map(records.map((record, index) => [record[idField], withPlace(`${place}.${index}`, () => entryOf(record))]));
}

/**
 * Fills a new tenant with what a report says. Its clock is stopped at the time of the report.
 * @throws Error in one line: the file, the field and what was expected
 */
export function fillFromReport(tenant: Tenant, { file, report }: ReportFile): void {
  const { settings, takenAt, scenarios, entries, state } = report;
  const { tickets, ...credentials } = state;
  const unchanged = { changed: [], removed: [] };
  withPlace(file, () =>
    fillFromSnapshot(tenant, {
      version: 2,
      settings: { ...settings, wallet: tenant.profile.name },
      clock: { now: takenAt, frozen: true },
      clients: unchanged,
      apps: unchanged,
      users: unchanged,
      scenarios,
      consents: [],
      ...credentials,
    }),
  );
  for (const ticket of tickets) tenant.store.adopt('tickets', ticket.ticketId, ticket);
  tenant.journal.restore(entries.toReversed().map(storedEntry));
}

/** An entry of a report as the journal stores it. A sentence that this version does not know stays in English. */
function storedEntry({
  texts,
  credentials,
  at,
  reason,
  scopes,
  signature,
  recorded,
  request,
  response,
  tenant: _,
  ...entry
}: ReportEntry): JournalEntry {
  return {
    ...entry,
    at: Date.parse(at),
    ...(scopes && { scopes }),
    reason: sentence(texts.reason, reason),
    ...(signature && {
      signature: {
        ...signature,
        mistakes: signature.mistakes.map(({ code, message }, index) => ({
          code,
          message: sentence(texts.mistakes[index], message),
        })),
      },
    }),
    ...(recorded && { recorded: storedFacts(recorded, texts.emulator) }),
    request: request as JournalEntry['request'],
    response: response as JournalEntry['response'],
    secrets: credentials,
  };
}

/** The facts of a recorded call, with the sentence of the reason of the emulator's answer. */
function storedFacts({ emulator, ...facts }: RecordedFacts, reason: unknown): StoredFacts {
  return emulator === undefined ? facts : { ...facts, emulator: { ...emulator, reason: sentence(reason, emulator.reason) } };
}

/** @param english the sentence of a report that has no code that this version knows */
function sentence(stored: unknown, english: string): Text {
  return readStoredText(stored) ?? quote(english);
}

function withPlace<Value>(place: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`, { cause: error });
  }
}
