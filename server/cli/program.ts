import { Command, CommanderError } from 'commander';
import { readConfig, variableName } from '../emulator/config.js';
import { version } from '../emulator/version.js';
import { check } from './check.js';
import { errorLines } from './error-text.js';
import { exec } from './exec.js';
import { addConfigFlags, configFlag } from './flags.js';
import { flow } from './flow.js';
import { health } from './health.js';
import { addJournalFlags, journal } from './journal.js';
import { keys } from './keys.js';
import { openReport, viewerFlags } from './open-report.js';
import { addRemoteFlags } from './remote-wallet.js';
import { saveReport } from './report.js';
import { scenarios } from './scenarios.js';
import { loadSnapshot, saveSnapshot } from './snapshot.js';
import { start } from './start.js';
import { wallets } from './wallets.js';

const program = new Command('billetera')
  .description('A super-app wallet on your own machine: consent screen, my.getAuthCode and the platform OpenAPI.')
  .version(version)
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text.replace(/^error: /, 'billetera: ')) });

addConfigFlags(program.command('start', { isDefault: true }).description('starts the emulator')).action((flags) =>
  start(flags, process.env),
);
addConfigFlags(program.command('flow').description('runs a whole authorization and prints every step'))
  .option(
    '--url <address>',
    `a running emulator, optionally with /t/<tenant>; default: flow starts an emulator (${variableName('url')})`,
  )
  .action(({ url = process.env[variableName('url')] || undefined, ...flags }) =>
    flow(url, readConfig({ port: '0', ...flags }, process.env)),
  );
addConfigFlags(program.command('exec').description('starts an emulator and runs a command with its address in BILLETERA_URL'))
  .argument('<command...>', 'the command, after --')
  .action((command, flags) => exec(command, readConfig({ port: '0', ...flags }, process.env), flags.logLevel !== undefined));
addConfigFlags(program.command('health').description('checks that an emulator is ready: exit status 0, or 1'))
  .option('--url <address>', `the emulator; default: the one that these flags and variables start (${variableName('url')})`)
  .option('--json', 'prints the answer of the emulator')
  .action(({ url, json, ...flags }) => health({ url, json }, readConfig(flags, process.env), process.env));
program
  .command('keys')
  .description("prints the platform's public key and the paths of the demo keys")
  .option('--platform-key <file>', "the platform's private key: a PEM file")
  .option('--config <file>', 'a configuration file')
  .action((flags) => keys(readConfig(flags, process.env)));
program
  .command('check')
  .description('checks a folder of fixtures')
  .argument('[folder]', 'the folder; default: the configured one, or the built-in one')
  .option('--config <file>', 'a configuration file')
  .action((folder, flags) => check(readConfig({ ...flags, ...(folder !== undefined && { fixtures: folder }) }, process.env)));
program
  .command('wallets')
  .description('lists the wallets for --wallet')
  .option('--fixtures <folder>', 'a folder with more wallets, in wallets/')
  .action((flags) => wallets(readConfig(flags, process.env)));
program
  .command('scenarios')
  .description('lists the built-in scenarios')
  .argument('[name]', 'prints the rule of this scenario')
  .action((name) => scenarios(name));
addJournalFlags(program.command('journal').description('prints the calls of a running emulator, with the reasons')).action(
  (flags) => journal(flags),
);
const snapshot = program.command('snapshot').description('saves or loads the state of a running emulator');
addRemoteFlags(snapshot.command('save').description('saves the state, with whole tokens and without the journal'))
  .argument('<file>', 'the file to write')
  .action((file, flags) => saveSnapshot(file, flags));
addRemoteFlags(snapshot.command('load').description('replaces the state'))
  .argument('<file>', 'a file that snapshot save wrote')
  .action((file, flags) => loadSnapshot(file, flags));
const report = program.command('report').description('saves or shows what a tester did, for a bug report');
addRemoteFlags(report.command('save').description('saves a report without tokens and data of users'))
  .argument('<file>', 'the file to write')
  .action((file, flags) => saveReport(file, flags));
const open = report
  .command('open')
  .description('shows a report in the pages of an emulator, read-only')
  .argument('<file>', 'a file that report save or the dashboard wrote')
  .option('--port <number>', 'the port (default: a free one)')
  .action((file, flags) => openReport(file, flags, process.env));
for (const name of viewerFlags) open.addOption(configFlag(name));
open.option('--config <file>', 'a configuration file');

// The reader of a pipe may close it early (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// The bundle is CommonJS, which has no await outside of functions.
void runCommand();

async function runCommand(): Promise<void> {
  try {
    checkCommand();
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError))
      process.stderr.write(
        errorLines(error as Error)
          .map((line) => `billetera: ${line}\n`)
          .join(''),
      );
    process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
  }
}

/** Without this check, commander would pass an unknown command to `start` as an argument. */
function checkCommand(): void {
  const [first = ''] = process.argv.slice(2);
  const names = program.commands.map((command) => command.name());
  if (first !== '' && !first.startsWith('-') && ![...names, 'help'].includes(first))
    throw new Error(`unknown command "${first}": expected ${names.join(', ')}, or a flag`);
}
