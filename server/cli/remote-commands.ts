import type { Command } from 'commander';
import { configFlag } from './flags.js';
import { addExamples } from './help.js';
import { addJournalFlags, journal } from './journal.js';
import { mcp } from './mcp/mcp.js';
import { openReport, viewerFlags } from './open-report.js';
import { addRemoteFlags } from './remote-wallet.js';
import { saveReport } from './report.js';
import { loadSnapshot, saveSnapshot } from './snapshot.js';

/** Adds the commands that work on a running emulator, and on what they save. */
export function addRemoteCommands(program: Command): void {
  addExamples(
    addJournalFlags(program.command('journal').description('prints the calls of a running emulator, with the reasons')).action(
      (flags) => journal(flags),
    ),
    [
      ['journal --follow', 'goes on with new calls'],
      ['journal --operation applyToken --result-code USED_AUTHCODE', 'only these calls'],
      ['journal --har > calls.har', 'for tools that show HTTP calls'],
    ],
  );
  addExamples(
    addRemoteFlags(
      program.command('mcp').description('serves a running emulator to an assistant, by the Model Context Protocol over stdio'),
    ).action((flags) => mcp(flags)),
    [
      ['mcp', 'as the command of a server in the configuration of an assistant'],
      ['mcp --url http://127.0.0.1:4010/t/mine', 'works on a tenant'],
    ],
  );
  const snapshot = program.command('snapshot').description('saves or loads the state of a running emulator');
  addExamples(snapshot, [
    ['snapshot save state.json', 'saves the state'],
    ['snapshot load state.json', 'loads it again'],
  ]);
  addExamples(
    addRemoteFlags(snapshot.command('save').description('saves the state, with whole tokens and without the journal'))
      .argument('<file>', 'the file to write')
      .action((file, flags) => saveSnapshot(file, flags)),
    [['snapshot save state.json --url http://127.0.0.1:4010/t/mine', 'saves the state of a tenant']],
  );
  addExamples(
    addRemoteFlags(snapshot.command('load').description('replaces the state'))
      .argument('<file>', 'a file that snapshot save wrote')
      .action((file, flags) => loadSnapshot(file, flags)),
    [['snapshot load state.json --url http://127.0.0.1:4010/t/mine', 'loads the state into a tenant']],
  );
  const report = program.command('report').description('saves what a tester did, or starts an emulator that shows it');
  addExamples(report, [
    ['report save bug.json', 'saves a report'],
    ['report open bug.json', 'shows it'],
  ]);
  addExamples(
    addRemoteFlags(report.command('save').description('saves a report without tokens and data of users'))
      .argument('<file>', 'the file to write')
      .action((file, flags) => saveReport(file, flags)),
    [['report save bug.json --url http://127.0.0.1:4010/t/mine', 'saves a report of a tenant']],
  );
  const open = report
    .command('open')
    .description('starts an emulator that shows a report, read-only, until Ctrl+C')
    .argument('<file>', 'a file that report save or the dashboard wrote')
    .option('--port <number>', 'the port (default: a free one)')
    .action((file, flags) => openReport(file, flags, process.env));
  for (const name of viewerFlags) open.addOption(configFlag(name));
  addExamples(open.option('--config <file>', 'a configuration file'), [['report open bug.json --port 4020', 'on a fixed port']]);
}
