import { Argument, type Command } from 'commander';
import { readConfig, variableName } from '../emulator/config.js';
import { check } from './check.js';
import { compare, impossible } from './compare.js';
import { completion, shells } from './completion.js';
import { env } from './env.js';
import { checkSeparator, exec } from './exec.js';
import { addConfigFlags, configFlag } from './flags.js';
import { flow } from './flow.js';
import { health } from './health.js';
import { addExamples } from './help.js';
import { init } from './init.js';
import { keys } from './keys.js';
import { ownUrl } from './own-url.js';
import { record } from './record.js';
import { namedAddress } from './running-address.js';
import { scenarios } from './scenarios.js';
import { sign } from './sign.js';
import { start } from './start.js';
import { verify } from './verify.js';
import { wallets } from './wallets.js';

const urlFlag = `a running emulator, optionally with /t/<tenant>`;
const running = (url: string | undefined) => namedAddress(url, process.env);

/** Adds the commands that need no running emulator. */
export function addCommands(program: Command): void {
  // The options of the command that `exec` runs are not options of `exec`.
  program.enablePositionalOptions();
  addStart(program);
  addFlow(program);
  addExec(program);
  addEnv(program);
  addSign(program);
  addVerify(program);
  addRecord(program);
  addHealth(program);
  addInit(program);
  addCompletion(program);
  addKeys(program);
  addCheck(program);
  addWallets(program);
  addScenarios(program);
  addCompare(program);
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
      .action(({ url, json, ...flags }) => flow(running(url), readConfig({ port: '0', ...flags }, process.env), json)),
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
      program.command('exec').description('starts an emulator and runs a command with its address in BILLETERA_URL'),
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
      .action(({ url, json, ...flags }) => env(running(url), readConfig(flags, process.env), json)),
    [
      ['env > .env', 'writes an .env file'],
      ['env --url http://127.0.0.1:4010/t/mine', 'of a tenant of a running emulator'],
    ],
  );
}

function addSign(program: Command): void {
  addExamples(
    addConfigFlags(program.command('sign').description('signs a request, and prints it as a curl command'))
      .argument('[file]', 'a curl command, a raw HTTP request or a HAR file; default: standard input')
      .option('--path <path>', 'signs a request from these flags, such as /v2/users/inquiryUserInfo')
      .option('--method <method>', 'with --path; default: POST')
      .option('--body <text>', 'with --path: the exact body; default: empty')
      .option('--client-id <id>', 'who signs; default: the Client-Id of the request, else the client that env prints')
      .option(
        '--key <file>',
        "the client's private key; default: the demo key or one in keys/ of the fixtures, if it is the client's",
      )
      .option('--headers', 'prints the headers alone')
      .option('--url <address>', `${urlFlag}; default: sign starts an emulator (${variableName('url')})`)
      .option('--json', 'prints method, address, headers and body as JSON')
      .action((file, { path, method, body, clientId, key, headers, json, url, ...flags }) => {
        const address = running(url);
        const base = address?.url ?? ownUrl(readConfig(flags, process.env));
        const config = readConfig({ ...flags, port: '0' }, process.env);
        return sign(file, { path, method, body, clientId, key, headers, json }, { address, base, config });
      }),
    [
      [`sign --path /v2/users/inquiryUserInfo --body '{"accessToken":"…"}'`, 'prints a curl command'],
      ['sign request.txt --key ./merchant.private.pem', 'signs a request again, with your own key'],
      ['sign request.txt --headers', 'prints the headers alone'],
    ],
  );
}

function addVerify(program: Command): void {
  addExamples(
    addConfigFlags(program.command('verify').description('says why the signature of a request does not verify'))
      .argument('[file]', 'a curl command, a raw HTTP request, headers with the body, or a HAR file; default: standard input')
      .option('--url <address>', `${urlFlag}; default: verify starts an emulator (${variableName('url')})`)
      .option('--json', 'prints the answer of POST /_emulator/signatures/explain')
      .action((file, { url, json, ...flags }) =>
        verify(file, running(url), readConfig({ port: '0', ...flags }, process.env), json),
      ),
    [
      ['verify request.txt', 'a curl command or a raw HTTP request in a file; exit status 1 if it does not verify'],
      ['verify --fixtures ./billetera < calls.har', 'with your own clients'],
      ['verify request.txt --url http://127.0.0.1:4010/t/mine', 'with the clients of a running emulator'],
    ],
  );
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

function addInit(program: Command): void {
  addExamples(
    program
      .command('init')
      .description('writes a starter into this folder: configuration, fixtures, a test; never over a file')
      .action(() => init()),
    [['init', 'writes it, and says what to do next']],
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

function addKeys(program: Command): void {
  addExamples(
    program
      .command('keys')
      .description("prints the platform's public key and the paths of the demo keys")
      .option('--platform-key <file>', "the platform's private key: a PEM file")
      .option('--url <address>', `${urlFlag}; default: the keys of the configuration (${variableName('url')})`)
      .addOption(configFlag('controlToken'))
      .option('--config <file>', 'a configuration file')
      .option('--pem', "prints the platform's public key alone, as PEM")
      .option('--json', 'prints the keys as JSON')
      .action(({ url, pem, json, ...flags }) =>
        keys(readConfig(flags, process.env), { address: namedAddress(url, {}), pem, json }),
      ),
    [
      ['keys --pem > platform.pem', 'writes the public key to a file'],
      ['keys --url http://127.0.0.1:4010 --pem', 'of a running emulator'],
      ['keys', 'prints the public key as PEM and in one line'],
      ['keys --platform-key ./platform.pem --json', 'of your own key, as JSON'],
    ],
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
