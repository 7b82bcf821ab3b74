import type { Command } from 'commander';
import { readConfig, variableName } from '../emulator/config.js';
import { addConfigFlags, configFlag, urlFlag } from './flags.js';
import { addExamples } from './help.js';
import { keys } from './keys.js';
import { ownUrl } from './own-url.js';
import { namedAddress } from './running-address.js';
import { sign } from './sign.js';
import { verify } from './verify.js';

/** Adds the commands about signatures and keys. */
export function addSignatureCommands(program: Command): void {
  addSign(program);
  addVerify(program);
  addKeys(program);
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
        const address = namedAddress(url, process.env);
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
    addConfigFlags(
      program.command('verify').description('says why the signature of a request does not verify, as the signature doctor does'),
    )
      .argument('[file]', 'a curl command, a raw HTTP request, headers with the body, or a HAR file; default: standard input')
      .option('--url <address>', `${urlFlag}; default: verify starts an emulator (${variableName('url')})`)
      .option('--json', 'prints the answer of POST /_emulator/signatures/explain')
      .action((file, { url, json, ...flags }) =>
        verify(file, namedAddress(url, process.env), readConfig({ port: '0', ...flags }, process.env), json),
      ),
    [
      ['verify request.txt', 'a curl command or a raw HTTP request in a file; exit status 1 if it does not verify'],
      ['verify --fixtures ./billetera < calls.har', 'with your own clients'],
      ['verify request.txt --url http://127.0.0.1:4010/t/mine', 'with the clients of a running emulator'],
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
