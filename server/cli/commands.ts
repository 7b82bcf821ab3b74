import { Argument, type Command } from 'commander';
import { readConfig, variableName } from '../emulator/config.js';
import { completion, shells } from './completion.js';
import { env } from './env.js';
import { checkSeparator, exec } from './exec.js';
import { addFixtureCommands } from './fixture-commands.js';
import { addConfigFlags, urlFlag } from './flags.js';
import { flow } from './flow.js';
import { health } from './health.js';
import { addExamples } from './help.js';
import { addPlatformCommands } from './platform-commands.js';
import { namedAddress } from './running-address.js';
import { addSignatureCommands } from './signature-commands.js';
import { start } from './start.js';

/** Adds the commands that need no running emulator. */
export function addCommands(program: Command): void {
  // The options of the command that `exec` runs are not options of `exec`.
  program.enablePositionalOptions();
  addStart(program);
  addFlow(program);
  addExec(program);
  addEnv(program);
  addHealth(program);
  addSignatureCommands(program);
  addFixtureCommands(program);
  addPlatformCommands(program);
  addCompletion(program);
}

function addStart(program: Command): void {
  addExamples(
    addConfigFlags(program.command('start', { isDefault: true }).description('starts the emulator')).action((flags) =>
      start(flags, process.env),
    ),
    [
      ['start --wallet gcash --port 0', 'another wallet, on a free port'],
      ['start --fixtures ./billetera --watch', 'your own clients, mini programs and users, reloaded when they change'],
      ['start --data ./state', 'keeps its state over a restart'],
    ],
  );
}

function addFlow(program: Command): void {
  addExamples(
    addConfigFlags(program.command('flow').description('runs a whole authorization and prints every step'))
      .option('--url <address>', `${urlFlag}; default: flow starts an emulator (${variableName('url')})`)
      .option('--json', 'prints the steps as JSON')
      .action(({ url, json, ...flags }) =>
        flow(namedAddress(url, process.env), readConfig({ port: '0', ...flags }, process.env), json),
      ),
    [
      ['flow --wallet superqi', 'starts an emulator for itself'],
      ['flow --url http://127.0.0.1:4010', 'uses the emulator that runs there'],
      ['flow --json', 'prints JSON, for example for jq'],
    ],
  );
}

function addExec(program: Command): void {
  addExamples(
    addConfigFlags(
      program.command('exec').description('starts an emulator, and runs a command with the variables that env prints'),
      {
        port: 'a free one',
        logLevel: 'no log',
      },
    )
      .argument('<command...>', 'the command, after --')
      .passThroughOptions()
      .action((command, flags) => {
        checkSeparator(command, process.argv);
        return exec(command, readConfig({ port: '0', ...flags }, process.env), flags.logLevel !== undefined);
      }),
    [
      ['exec -- npm test', 'runs npm test'],
      ['exec --wallet superqi -- go test ./...', 'with another wallet'],
      ['exec --log-level info -- pytest', 'with the log of the emulator'],
    ],
  );
}

function addEnv(program: Command): void {
  addExamples(
    addConfigFlags(program.command('env').description("prints what a merchant's server needs: address, client id, keys"))
      .option('--url <address>', `${urlFlag}; default: the one that these flags start (${variableName('url')})`)
      .option('--json', 'prints the variables as JSON')
      .action(({ url, json, ...flags }) => env(namedAddress(url, process.env), readConfig(flags, process.env), json)),
    [
      ['env > .env', 'writes an .env file'],
      ['env --url http://127.0.0.1:4010/t/mine', 'of a tenant of a running emulator'],
    ],
  );
}

function addHealth(program: Command): void {
  addExamples(
    addConfigFlags(program.command('health').description('checks that an emulator is ready: exit status 0, or 1'))
      .option('--url <address>', `the emulator; default: the one that these flags and variables start (${variableName('url')})`)
      .option('--json', 'prints the answer of the emulator')
      .action(({ url, json, ...flags }) => health({ url, json }, readConfig(flags, process.env), process.env)),
    [
      ['health', 'checks http://127.0.0.1:4010'],
      ['health --url http://billetera:4010 --json', 'checks another one, and prints its answer'],
    ],
  );
}

function addCompletion(program: Command): void {
  addExamples(
    program
      .command('completion')
      .description('prints a script with which a shell completes commands, flags and values')
      .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(shells)))
      .action((shell) => completion(program, shell)),
    [
      ['completion bash > ~/.billetera-completion', 'for bash; then add to ~/.bashrc: source ~/.billetera-completion'],
      ['completion fish > ~/.config/fish/completions/billetera.fish', 'for fish'],
    ],
  );
}
