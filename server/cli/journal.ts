import type { Command } from 'commander';
import { flagName } from '../emulator/config.js';
import { WalletError } from '../sdk/client/call.js';
import type { Entry, EntryFilter } from '../sdk/client/journal.js';
import { followJournal } from './follow-journal.js';
import { noteNoCalls } from './note-no-calls.js';
import { printJson } from './print-json.js';
import { printLines } from './print-lines.js';
import { addRemoteFlags, chooseRemoteWallet, type RemoteFlags } from './remote-wallet.js';

/** The filters of the control API's journal. */
const filterFlags: Readonly<Record<keyof EntryFilter, string>> = {
  q: '--q <text>',
  operation: '--operation <name>',
  resultCode: '--result-code <code>',
  resultStatus: '--result-status <status>',
  clientId: '--client-id <id>',
  appId: '--app-id <id>',
  userId: '--user-id <id>',
  kind: '--kind <kind>',
  scenario: '--scenario <id>',
  authorization: '--authorization <id>',
  finding: '--finding <code>',
  status: '--status <number>',
  since: '--since <time>',
};
const filterNames = Object.keys(filterFlags) as (keyof EntryFilter)[];

const descriptions: Partial<Record<keyof EntryFilter, string>> = {
  q: 'a text in the path, the codes, the reason or a body',
  operation: 'such as applyToken',
  resultCode: 'such as USED_AUTHCODE',
  resultStatus: 'S, F, U or A',
  kind: 'openapi, jsapi, control or notification',
  finding: 'such as auth-code-reused',
  status: 'the HTTP status',
  since: "ISO 8601, by the emulator's clock",
};

interface JournalFlags extends RemoteFlags, Partial<Record<keyof EntryFilter, string>> {
  limit?: string;
  follow?: boolean;
  har?: boolean;
  json?: boolean;
}

/** Adds the flags of the command `journal`. */
export function addJournalFlags(command: Command): Command {
  addRemoteFlags(command)
    .option('--follow', 'prints new calls as they come, until the command is stopped')
    .option('--har', 'prints the calls as HAR 1.2')
    .option('--json', 'prints the calls as JSON, newest first; with --follow, one call a line')
    .option('--limit <number>', 'at most so many calls (default 100)');
  for (const name of filterNames) command.option(filterFlags[name], descriptions[name] ?? '');
  return command;
}

/** Prints the journal of a running emulator, the newest call last. */
export async function journal(flags: JournalFlags): Promise<void> {
  const { follow, har, json, limit } = flags;
  if (har && (follow || json)) throw new Error(`--har cannot be combined with ${follow ? '--follow' : '--json'}`);
  const remote = chooseRemoteWallet(flags, process.env);
  // The control API checks the values, and names a wrong one.
  const fields = Object.fromEntries(filterNames.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])));
  const filter = { ...fields, ...(limit !== undefined && { limit: limit as unknown as number }) } as EntryFilter;
  const isFiltered = Object.keys(fields).length > 0;
  if (har) {
    const archive = await namingFlags(flags, () => remote.wallet.journal.har(filter));
    const { entries } = archive.log as { entries: unknown[] };
    printJson(archive);
    if (isFiltered) noteNoMatches(entries);
    else noteNoCalls(entries, remote.wallet.url);
    return;
  }

  const entries = await namingFlags(flags, () => remote.wallet.journal.list(filter));
  if (json && !follow) return printJson({ entries });
  const print = (entry: Entry) => printLines([json ? JSON.stringify(entry) : lineOf(entry)]);
  for (const entry of [...entries].reverse()) print(entry);
  if (isFiltered) noteNoMatches(entries);
  else if (entries.length === 0) process.stderr.write('billetera: no calls yet\n');
  if (!follow) return;
  for await (const entry of followJournal(remote, new URLSearchParams(fields), entries[0]?.id ?? '0')) print(entry);
  throw new Error(`${remote.wallet.url}: the emulator has stopped`);
}

function noteNoMatches(entries: readonly unknown[]): void {
  if (entries.length === 0) process.stderr.write('billetera: no calls match\n');
}

/** Runs a call of the control API. If it refuses a value, the message names the flag: `--limit x: expected …`. */
async function namingFlags<Result>(flags: JournalFlags, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    const [field = '', problem] = (error as Error).message.split(/: (.*)/s);
    const value = flags[field as keyof EntryFilter | 'limit'];
    if (!(error instanceof WalletError) || problem === undefined || value === undefined) throw error;
    throw new Error(`${flagName(field)} ${value}: ${problem}`, { cause: error });
  }
}

/** `2026-01-31 10:00:00.123  7  POST /v2/…  USED_AUTHCODE: the authCode was exchanged at … [auth-code-reused]` */
function lineOf({ at, id, method, path, status, resultCode, reason, scenario, findings }: Entry): string {
  const notes = [...(scenario === undefined ? [] : [`scenario ${scenario}`]), ...findings];
  const noted = notes.length === 0 ? '' : ` [${notes.join(', ')}]`;
  return `${at.slice(0, 10)} ${at.slice(11, 23)}  ${id}  ${method} ${path}  ${resultCode ?? status}: ${reason}${noted}`;
}
