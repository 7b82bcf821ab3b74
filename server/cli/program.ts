import { Command, CommanderError } from 'commander';
import { readConfig } from '../emulator/config.js';
import { version } from '../emulator/version.js';
import { check } from './check.js';
import { exec } from './exec.js';
import { addConfigFlags } from './flags.js';
import { flow } from './flow.js';
import { keys } from './keys.js';
import { scenarios } from './scenarios.js';
import { start } from './start.js';
import { wallets } from './wallets.js';

const program = new Command('billetera')
  .description('A super-app wallet on your own machine: consent screen, my.getAuthCode and the platform OpenAPI.')
  .version(version)
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text.replace(/^error: /, 'billetera: ')) });

addConfigFlags(program.command('start', { isDefault: true }).description('starts the emulator')).action((flags) =>
  start(readConfig(flags, process.env)),
);
addConfigFlags(program.command('flow').description('runs the whole authorization and prints every step'))
  .option('--url <address>', 'a running emulator, with a possible /t/<tenant>; without it, one of its own')
  .action(({ url, ...flags }) => flow(url, readConfig({ port: '0', ...flags }, process.env)));
addConfigFlags(
  program.command('exec').description('runs a command beside an emulator of its own, whose address is in BILLETERA_URL'),
)
  .argument('<command...>', 'the command, behind a --')
  .action((command, flags) => exec(command, readConfig({ port: '0', ...flags }, process.env), flags.logLevel !== undefined));
program
  .command('keys')
  .description("prints the platform's public key and where the demo keys are")
  .option('--platform-key <file>', "the platform's key: a PEM file")
  .option('--config <file>', 'a configuration file')
  .action((flags) => keys(readConfig(flags, process.env)));
program
  .command('check')
  .description('validates a folder of fixtures')
  .argument('[folder]', 'the folder; without it, the one that is configured, or the built-in one')
  .option('--config <file>', 'a configuration file')
  .action((folder, flags) => check(readConfig({ ...flags, ...(folder !== undefined && { fixtures: folder }) }, process.env)));
program
  .command('wallets')
  .description('lists the wallets that --wallet takes')
  .option('--fixtures <folder>', 'a folder with more of them, in wallets/')
  .action((flags) => wallets(readConfig(flags, process.env)));
program
  .command('scenarios')
  .description('lists what can go wrong on demand')
  .argument('[name]', 'prints the rule of this one')
  .action((name) => scenarios(name));

// Whoever reads only the first lines (`| head`) has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  const [first = ''] = process.argv.slice(2);
  const names = program.commands.map((command) => command.name());
  if (first !== '' && !first.startsWith('-') && ![...names, 'help'].includes(first))
    throw new Error(`${first}: expected a command (${names.join(', ')}) or a flag`);
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`billetera: ${(error as Error).message}\n`);
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
}
