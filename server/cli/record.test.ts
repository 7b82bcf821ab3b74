import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { sendRequest } from '../http/send-request.js';
import { packageRoot } from '../package-root.js';
import { readRecording } from '../recordings/read-recording.js';
import { scratchFolder } from '../testing/emulator.js';
import { RealPlatform } from '../testing/real-platform.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');
const platform = await RealPlatform.start();
const path = '/v2/authorizations/applyToken';

/** A recorder in its own process. */
class Recording {
  readonly child: ChildProcess;
  output = '';
  readonly url: Promise<string>;

  constructor(
    readonly folder: string,
    ...args: string[]
  ) {
    this.child = spawn(process.execPath, [main, 'record', '--to', platform.url, '--port', '0', ...args], { cwd: folder });
    after(() => this.child.kill('SIGKILL'));
    this.url = new Promise((resolve) => {
      this.child.stdout?.on('data', (chunk) => {
        this.output += chunk;
        const [, url] = /^billetera ready at (\S+)$/m.exec(this.output) ?? [];
        if (url !== undefined) resolve(url);
      });
    });
  }

  async call(): Promise<number> {
    const { status, body } = await sendRequest((await this.url) + path, {
      method: 'POST',
      headers: { 'client-id': 'c1' },
      body: '{}',
    });
    body.resume();
    return status;
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    const [status] = await once(this.child, 'exit');
    return status;
  }
}

describe('billetera record', () => {
  test('records until a signal, and the file is whole after SIGTERM and after a kill', async () => {
    const folder = scratchFolder();
    writeFileSync(
      join(folder, 'clients.json'),
      JSON.stringify([{ clientId: 'c1', name: 'Shop', notifyUrl: 'http://127.0.0.1:3000/told' }]),
    );
    const flags = ['--ca', platform.caFile, '--platform-public-key', platform.publicKeyFile, '--fixtures', folder];
    for (const [signal, out] of [
      ['SIGTERM', 'stopped.har'],
      ['SIGKILL', 'killed.har'],
    ] as const) {
      const recording = new Recording(folder, '--out', out, ...flags);
      for (let count = 0; count < 3; count++) assert.equal(await recording.call(), 200);
      const status = await recording.end(signal);
      assert.deepEqual(
        readRecording(join(folder, out)).map(({ response, signatures }) => [response?.status, signatures?.response.verified]),
        Array(3).fill([200, true]),
      );
      if (signal !== 'SIGTERM') continue;
      assert.equal(status, 0);
      const url = await recording.url;
      assert.match(recording.output, new RegExp(`^  records +calls to ${url} go to ${platform.url}, and into stopped.har$`, 'm'));
      assert.match(
        recording.output,
        new RegExp(`^  notifications +to ${url}/told are passed on to http://127.0.0.1:3000/told; `, 'm'),
      );
      assert.match(recording.output, /^ {2}data +tokens and personal data are replaced$/m);
      assert.match(recording.output, /^3 calls in stopped\.har\nbilletera stopped \(SIGTERM\)$/m);
    }
  });

  test('trusts the authority that the environment names, and chooses a name for the file', async () => {
    const folder = scratchFolder();
    process.env.NODE_EXTRA_CA_CERTS = platform.caFile;
    after(() => delete process.env.NODE_EXTRA_CA_CERTS);
    const recording = new Recording(folder, '--show-secrets');
    await recording.call();
    await recording.end('SIGTERM');
    const [file = '', ...others] = readdirSync(folder);
    assert.match(file, /^recording-\d{8}-\d{6}\.har$/);
    assert.deepEqual(others, []);
    assert.match(String(readRecording(join(folder, file))[0]?.response?.body), /2810100000AbC9/);
    assert.match(recording.output, /^ {2}data +whole tokens and personal data: keep the file to yourself$/m);
  });

  test('refuses wrong flags in one line, and leaves no file', () => {
    const folder = scratchFolder();
    const refusal = (...args: string[]) => {
      const { status, stderr, stdout } = spawnSync(process.execPath, [main, 'record', ...args], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.deepEqual([status, stdout], [1, '']);
      return stderr;
    };
    writeFileSync(join(folder, 'kept.har'), 'mine');
    const to = ['--to', 'https://sandbox.example'];
    assert.match(refusal(), /^billetera: required option '--to <address>' not specified\n/);
    assert.equal(
      refusal('--to', 'sandbox.example'),
      'billetera: --to sandbox.example: expected an address such as https://sandbox.example\n',
    );
    assert.equal(
      refusal('--to', 'https://sandbox.example/v2?x=1'),
      'billetera: --to https://sandbox.example/v2?x=1: expected an address without a path, such as https://sandbox.example: a call keeps its own path\n',
    );
    for (const [own, ...flags] of [
      ['http://localhost:4711', '--port', '4711'],
      ['https://localhost:4443', '--tls'],
      ['https://127.0.0.1:4712', '--tls-only', '--tls-port', '4712'],
      ['https://[::1]:4712', '--tls', '--tls-port', '4712'],
      ['https://wallet.example', '--public-url', 'https://wallet.example/demo'],
    ] as const)
      assert.equal(
        refusal('--to', own, ...flags),
        `billetera: --to ${own}: this is the recorder's own address; expected that of the platform\n`,
      );
    assert.equal(
      refusal(...to, '--out', 'kept.har'),
      'billetera: kept.har: the file exists, and a recording never replaces one; choose another name with --out\n',
    );
    assert.equal(
      refusal(...to, '--out', join('no', 'run.har')),
      `billetera: ${join('no', 'run.har')}: expected a file in a folder that exists; create no\n`,
    );
    assert.equal(refusal(...to, '--ca', 'kept.har'), 'billetera: --ca kept.har: expected certificates in PEM\n');
    assert.match(
      refusal(...to, '--platform-public-key', 'kept.har'),
      /^billetera: --platform-public-key kept\.har: expected an RSA public key/,
    );
    assert.match(refusal(...to, '--out', 'run.har', '--wallet', 'nope'), /^billetera: .*unknown wallet "nope"/);
    assert.ok(!existsSync(join(folder, 'run.har')), 'a start that fails leaves no file');
  });
});
