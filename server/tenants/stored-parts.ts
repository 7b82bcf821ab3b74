import type { Clock } from '../clock/clock.js';
import type { ScenarioList, StoredScenario } from '../scenarios/scenario-list.js';
import { atPlace, errorAt, textOf } from '../texts/text-error.js';
import type { Parties, PartyKind } from './parties.js';
import type { SettingsRecord } from './settings.js';

/** The parts of a tenant that are not in its store. Their stored entries have the kind `tenant`. */
export interface StoredParts {
  parties: Parties;
  scenarios: ScenarioList;
  clock: Clock;
  /** @throws TextError that starts with the field */
  applySettings(changes: Partial<SettingsRecord>): void;
}

type StoredClock = Parameters<Clock['restore']>[0];

/**
 * Restores the parts of a new tenant: first the parties, because the settings name a user.
 * @param place names the file of a key, for errors
 * @throws Error in one line: file, key and field
 */
export function restoreParts(
  { parties, scenarios, clock, applySettings }: StoredParts,
  stored: ReadonlyMap<string, object>,
  place: (key: string) => string,
): void {
  const storedScenarios: [string, StoredScenario][] = [];
  for (const [key, entry] of stored) {
    const { kind, id, hasId } = readKey(key);
    if (kind === 'scenario') storedScenarios.push([id, entry as StoredScenario]);
    else if (hasId) withPlace(place, key, () => parties.put(kind as PartyKind, id, recordOf(entry)));
  }
  scenarios.restore(storedScenarios);
  const settings = stored.get('settings');
  const storedClock = stored.get('clock');
  if (settings !== undefined) {
    const { user, ...others } = settings as SettingsRecord;
    withPlace(place, 'settings', () => applySettings(parties.users.get(user) === undefined ? others : { ...others, user }));
  }
  if (storedClock !== undefined) clock.restore(storedClock as StoredClock);
}

/** Takes over a change of one entry. @param entry undefined: it was removed */
export function applyToParts(
  { parties, scenarios, clock, applySettings }: StoredParts,
  key: string,
  entry: object | undefined,
): void {
  const { kind, id, hasId } = readKey(key);
  if (kind === 'scenario') scenarios.apply(id, entry as StoredScenario | undefined);
  else if (hasId) parties.put(kind as PartyKind, id, recordOf(entry));
  else if (key === 'settings') applySettings(entry as SettingsRecord);
  else clock.restore(entry as StoredClock);
}

/** Reads a key such as `client c1` or `settings`. */
function readKey(key: string): { kind: string; id: string; hasId: boolean } {
  const [kind = '', ...rest] = key.split(' ');
  return { kind, id: rest.join(' '), hasId: rest.length > 0 };
}

/** The record of a stored client, mini program or user. Undefined if it was removed. */
function recordOf(entry: object | undefined): object | undefined {
  return (entry as { record?: object } | undefined)?.record;
}

function withPlace(place: (key: string) => string, key: string, restore: () => void): void {
  try {
    restore();
  } catch (error) {
    throw errorAt(place(key), atPlace(key, textOf(error)));
  }
}
