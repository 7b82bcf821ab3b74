import type { Command } from 'commander';
import { compare, impossible } from './compare.js';
import { addConfigFlags, configFlag } from './flags.js';
import { addExamples } from './help.js';
import { record } from './record.js';

/** Adds the commands about a real platform. */
export function addPlatformCommands(program: Command): void {
  addRecord(program);
  addCompare(program);
}

function addRecord(program: Command): void {
  addExamples(
    addConfigFlags(program.command('record').description('sends the calls of merchants on to a real platform, and records them'))
      .requiredOption('--to <address>', "the platform's address, such as https://sandbox.example")
      .option('--out <file>', 'the HAR file of the recording; never one that exists; default: a name with the time')
      .option('--platform-public-key <file>', "the platform's public key, to verify its answers: a PEM file")
      .option('--ca <file>', 'more authorities whose certificates are trusted: a PEM file')
      .action(({ to, out, platformPublicKey, ca, ...flags }) => record({ to, out, platformPublicKey, ca }, flags, process.env)),
    [
      ['record --to https://sandbox.example --wallet gcash', 'sends calls to a sandbox'],
      [
        'record --to https://sandbox.example --platform-public-key platform.pem --out run.har',
        'also verifies the answers of the platform',
      ],
      ['record --to https://sandbox.example --show-secrets', 'keeps tokens and personal data in the file'],
    ],
  );
}

function addCompare(program: Command): void {
  addExamples(
    program
      .command('compare')
      .description(
        'compares a recording of a platform with a wallet: exit status 0 without differences, 1 with, 2 if it is not possible',
      )
      .exitOverride((error) => {
        if (error.exitCode !== 0) error.exitCode = impossible;
        throw error;
      })
      .argument('<recording>', 'a HAR file, a file of raw HTTP exchanges (.http), or a folder of such files')
      .addOption(configFlag('wallet', 'the nearest one'))
      .addOption(configFlag('fixtures'))
      .option('--config <file>', 'a configuration file')
      .option('--platform-public-key <file>', "the platform's public key: what its signatures cover is compared too")
      .option('--client-public-key <file>', "the public key of the recording's client; default: that of the fixtures")
      .option('--scopes <names>', 'the scopes that the user agreed to; default: they are guessed from the data in the answers')
      .option('--accept <file>', 'a JSON or YAML list of known differences: they are printed apart, and leave the exit status 0')
      .option('--write-accepted <file>', 'writes a file for --accept with all differences; never over a file')
      .option('--write <file>', 'learns a profile that extends the wallet and closes the differences; never over a file')
      .option('--json', 'prints the differences as JSON')
      .action((recording, { platformPublicKey, clientPublicKey, scopes, accept, writeAccepted, write, json, ...flags }) =>
        compare(
          recording,
          { platformPublicKey, clientPublicKey, scopes, accept, writeAccepted, write, json },
          flags,
          process.env,
        ),
      ),
    [
      ['compare run.har --wallet gcash', 'prints what differs, by operation'],
      ['compare run.har', 'compares with the wallet that is nearest'],
      ['compare run.har --wallet gcash --write wallets/ours.json', 'also learns a profile, for --wallet wallets/ours.json'],
      ['compare run.har --wallet gcash --write-accepted known.json', 'writes down the differences of today'],
      ['compare run.har --wallet gcash --accept known.json', 'ends with 0 if nothing else differs'],
      ['compare run.har --wallet ./wallets/ours.json --json', 'with your own profile, as JSON'],
      ['compare run.har --platform-public-key sandbox.pem', "also compares what the platform's signatures cover"],
    ],
  );
}
