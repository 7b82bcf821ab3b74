import { Command, CommanderError } from 'commander';
import { version } from '../emulator/version.js';
import { closestName } from '../profiles/suggest-name.js';
import { oneLine } from '../texts/one-line.js';
import { systemText } from '../texts/system-text.js';
import { inEnglish } from '../texts/write-text.js';
import { addCommands } from './commands.js';
import { errorLines } from './error-text.js';
import { ExitError } from './exit-error.js';
import { addExamples } from './help.js';
import { addRemoteCommands } from './remote-commands.js';
import { variableWarnings } from './variable-warnings.js';

const program = new Command('billetera')
  .description('A super-app wallet on your own machine: consent screen, my.getAuthCode and the platform OpenAPI.')
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text.replace(/^error: /, 'billetera: ')) });

addExamples(program, [
  ['', 'starts the emulator at http://127.0.0.1:4010; billetera start --help lists its options'],
  ['flow', 'shows a whole authorization, step by step'],
  ['exec -- npm test', 'runs tests against an emulator of their own'],
]);

addCommands(program);
addRemoteCommands(program);
showHelpAfterErrors(program, program.name());
addVersionFlag(program);

// The reader of a pipe may close it early (`| head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  const problem = systemText(error);
  process.stderr.write(`billetera: standard output: ${problem === undefined ? oneLine(error.message) : inEnglish(problem)}\n`);
  process.exit(1);
});
// There is no other place to tell it, and a server goes on without its log.
process.stderr.on('error', () => undefined);

// The bundle is CommonJS, which has no await outside of functions.
void runCommand();

async function runCommand(): Promise<void> {
  try {
    for (const warning of variableWarnings(process.env)) process.stderr.write(`billetera: ${warning}\n`);
    checkCommand();
    await program.parseAsync();
  } catch (error) {
    const { cause, status } = error instanceof ExitError ? error : { cause: error as Error, status: 1 };
    if (!(error instanceof CommanderError))
      process.stderr.write(
        errorLines(cause)
          .map((line) => `billetera: ${line}\n`)
          .join(''),
      );
    process.exitCode = error instanceof CommanderError ? error.exitCode : status;
  }
}

/** Each command takes -v, so it works before and after the command's name. */
function addVersionFlag(command: Command): void {
  command.version(version, '-v, --version');
  for (const sub of command.commands) addVersionFlag(sub);
}

/** A wrong flag or argument tells where the right ones are listed. @param line the command with those above it */
function showHelpAfterErrors(command: Command, line: string): void {
  command.showHelpAfterError(`billetera: see "${line} --help" for arguments, flags and examples`);
  for (const child of command.commands) showHelpAfterErrors(child, `${line} ${child.name()}`);
}

/** Without this check, commander would pass an unknown command to `start` as an argument. */
function checkCommand(): void {
  const [first = '', ...others] = process.argv.slice(2);
  const [named = '', inner = ''] = first === 'help' ? others : [first, ...others];
  checkName(program, named);
  const group = program.commands.find((command) => command.name() === named && command.commands.length > 0);
  if (group !== undefined) checkName(group, inner);
}

/** @throws Error in one line if a command has no inner command of this name */
function checkName({ commands }: Command, named: string): void {
  const names = commands.map((command) => command.name());
  if (named === '' || named.startsWith('-') || [...names, 'help'].includes(named)) return;
  // A page's name is in the description of its command: `doctor` means verify.
  const described = commands.find((command) => named.length > 3 && command.description().split(/\W+/).includes(named));
  const meant = closestName(named, names) ?? described?.name();
  const advice = meant === undefined ? '' : `; did you mean ${meant}?`;
  throw new Error(`unknown command "${named}": expected ${names.join(', ')}, or a flag${advice}`);
}
