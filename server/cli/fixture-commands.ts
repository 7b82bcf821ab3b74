import type { Command } from 'commander';
import { readConfig } from '../emulator/config.js';
import { check } from './check.js';
import { addExamples } from './help.js';
import { init } from './init.js';
import { scenarios } from './scenarios.js';
import { wallets } from './wallets.js';

/** Adds the commands about fixtures, wallets and scenarios. */
export function addFixtureCommands(program: Command): void {
  addInit(program);
  addCheck(program);
  addWallets(program);
  addScenarios(program);
}

function addInit(program: Command): void {
  addExamples(
    program
      .command('init')
      .description('writes a starter into this folder: configuration, fixtures, a test; never over a file')
      .action(() => init()),
    [['init', 'writes it, and says what to do next']],
  );
}

function addCheck(program: Command): void {
  addExamples(
    program
      .command('check')
      .description('checks a folder of fixtures')
      .argument('[folder]', 'the folder; default: the configured one, or the built-in one')
      .option('--config <file>', 'a configuration file')
      .option('--json', 'prints the result as JSON')
      .action((folder, { json, ...flags }) =>
        check(readConfig({ ...flags, ...(folder !== undefined && { fixtures: folder }) }, process.env), json),
      ),
    [
      ['check ./billetera', 'prints all mistakes, one line each'],
      ['check ./billetera --json', 'prints them as JSON'],
    ],
  );
}

function addWallets(program: Command): void {
  addExamples(
    program
      .command('wallets')
      .description('lists the wallets for --wallet')
      .option('--fixtures <folder>', 'a folder with more wallets, in wallets/')
      .option('--json', 'prints the wallets as JSON')
      .action(({ json, ...flags }) => wallets(readConfig(flags, process.env), json)),
    [
      ['wallets', 'the built-in ones'],
      ['wallets --fixtures ./billetera', 'with your own ones'],
    ],
  );
}

function addScenarios(program: Command): void {
  addExamples(
    program
      .command('scenarios')
      .description('lists the built-in scenarios')
      .argument('[name]', 'prints the rule of this scenario')
      .option('--json', 'prints the list as JSON; a rule always is')
      .action((name, { json }) => scenarios(name, json)),
    [
      ['scenarios', 'says what each does'],
      ['scenarios user-refuses', 'prints the rule, to copy it into scenarios.json'],
    ],
  );
}
