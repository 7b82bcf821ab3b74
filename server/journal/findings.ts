import type { FindingCode } from '../engine/finding-codes.js';
import { inLanguage } from '../texts/write-text.js';
import type { JournalEntry } from './entry.js';
import type { FindingLanguage, FindingText } from './finding-text.js';
import { findingTexts } from './finding-texts.js';

/** A mistake of the integration, with all the calls that show it. */
export interface Finding extends FindingText {
  code: FindingCode;
  /** The explanation and the advice, in one text. For a signature: the mistake in the newest call. */
  message: string;
  count: number;
  /** Milliseconds since the epoch, by the emulator's clock. */
  firstSeen: number;
  lastSeen: number;
  /** The ids of the calls, newest first. */
  entries: string[];
}

/** Groups the findings of journal entries by code, the most recently seen first. @param entries newest first */
export function gatherFindings(entries: Iterable<JournalEntry>, language: FindingLanguage = 'en'): Finding[] {
  const findings = new Map<FindingCode, Finding>();
  for (const [entry, codes] of withFindings(entries)) {
    for (const code of codes) {
      const finding = findings.get(code);
      if (finding === undefined) findings.set(code, firstFinding(code, entry, language));
      else addEntry(finding, entry);
    }
  }
  return [...findings.values()];
}

function addEntry(finding: Finding, entry: JournalEntry): void {
  finding.count++;
  finding.firstSeen = Math.min(finding.firstSeen, entry.at);
  finding.lastSeen = Math.max(finding.lastSeen, entry.at);
  finding.entries.push(entry.id);
}

/**
 * Each entry with all of its findings. Only later entries tell whether a scope was never used.
 * A merchant that got no tokens cannot use a scope, so a consent counts only after its authCode was exchanged.
 * @param entries newest first
 */
export function* withFindings(entries: Iterable<JournalEntry>): Generator<[JournalEntry, readonly FindingCode[]]> {
  const usedLater = new Set<string>();
  const exchangedLater = new Set<string>();
  for (const entry of entries) {
    const { kind, authorizationId = '', consented = [] } = entry;
    for (const scope of entry.used ?? []) for (const key of keysOf(entry, scope)) usedLater.add(key);
    if (kind !== 'jsapi' && consented.length > 0) exchangedLater.add(authorizationId);
    const couldUse = kind !== 'jsapi' || exchangedLater.has(authorizationId);
    const neverUsed = couldUse && consented.some((scope) => !keysOf(entry, scope).some((key) => usedLater.has(key)));
    yield [entry, neverUsed ? [...entry.findings, 'scope-never-used'] : entry.findings];
  }
}

/** A call that was refused names no user. Its token still tells the authorization. */
function keysOf({ clientId, userId, authorizationId }: JournalEntry, scope: string): string[] {
  const keys = [JSON.stringify([clientId, userId, scope])];
  if (authorizationId !== undefined) keys.push(JSON.stringify([authorizationId, scope]));
  return keys;
}

function firstFinding(code: FindingCode, entry: JournalEntry, language: FindingLanguage): Finding {
  const text = findingTexts[code][language];
  const mistake = entry.signature?.mistakes.find((made) => made.code === code);
  return {
    code,
    message: (mistake && inLanguage(mistake.message, language)) ?? `${text.explanation} ${text.whatToDo}`,
    ...text,
    count: 1,
    firstSeen: entry.at,
    lastSeen: entry.at,
    entries: [entry.id],
  };
}
