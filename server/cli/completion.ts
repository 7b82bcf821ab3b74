import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type ConfigName, flagName, optionSchemas } from '../emulator/config.js';
import { builtInFixtures } from '../records/fixtures.js';
import { library } from '../scenarios/library.js';
import { bashScript } from './completion-bash.js';
import { fishScript } from './completion-fish.js';
import { zshScript } from './completion-zsh.js';
import type { Completed, Completions } from './completions.js';

/** Shell → the function that writes its script. */
export const shells = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Prints the script with which a shell completes commands, flags and values. */
export function completion(program: Command, shell: keyof typeof shells): void {
  process.stdout.write(shells[shell](completionsOf(program)));
}

function completionsOf(program: Command): Completions {
  const below = program.commands.flatMap((command) => [command, ...command.commands]);
  const values = below.flatMap(({ options }) =>
    options.flatMap(({ long, required }): [string, readonly string[]][] => (long && required ? [[long, valuesOf(long)]] : [])),
  );
  const start = program.commands.find((command) => command.name() === 'start');
  const own = completed(program, '');
  return {
    // Without a command, the flags are those of `start`.
    commands: [
      { ...own, flags: [...own.flags, ...(start ? flagsOf(start) : [])] },
      ...below.map((command) => completed(command)),
    ],
    values: new Map(values),
  };
}

function completed(command: Command, path = pathOf(command)): Completed {
  const words = command.commands.map((child) => ({ word: child.name(), does: child.description() }));
  const values = argumentValues(command).map((word) => ({ word, does: '' }));
  return { path, words: [...words, ...values], flags: flagsOf(command) };
}

function pathOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name();
}

function flagsOf(command: Command): Completed['flags'] {
  const options = command.options.flatMap(({ long, description }) => (long ? [{ flag: long, does: description }] : []));
  return [...options, { flag: '--help', does: 'display help for command' }];
}

function argumentValues(command: Command): string[] {
  if (command.name() === 'scenarios') return library.map(({ name }) => name);
  return command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
}

function valuesOf(flag: string): readonly string[] {
  if (flag === '--wallet') return readdirSync(join(builtInFixtures, 'wallets')).map((file) => file.replace('.json', ''));
  const option = (Object.keys(optionSchemas) as ConfigName[]).find((name) => flagName(name) === flag);
  return option === undefined ? [] : ((optionSchemas[option] as { enum?: string[] }).enum ?? []);
}
