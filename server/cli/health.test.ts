import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { version } from '../emulator/version.js';
import { packageRoot } from '../package-root.js';
import { emulatorForFile } from '../testing/emulator.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');

function health(args: string[], env: NodeJS.ProcessEnv = {}): Promise<{ status: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, 'health', ...args], { env: { ...process.env, ...env } }, (_error, out, err) =>
      resolve({ status: child.exitCode ?? -1, out, err }),
    );
  });
}

const emulator = await emulatorForFile({ controlToken: 'a-secret-of-the-team' });
const { url } = emulator;
const { port } = new URL(url);

describe('billetera health', () => {
  test('ends with 0 if the emulator is ready, also if it asks for a control token', async () => {
    const ready = { status: 0, out: `ready: ${url}, wallet platform-v2, version ${version}\n`, err: '' };
    assert.deepEqual(await health(['--url', url]), ready);
    assert.deepEqual(await health([], { BILLETERA_URL: url }), ready);
    assert.deepEqual(await health([], { BILLETERA_HOST: '0.0.0.0', BILLETERA_PORT: port }), ready, 'as in a container');
    assert.equal(JSON.parse((await health(['--json', '--url', url])).out).status, 'ok');
  });

  test('reaches an emulator that serves only HTTPS, whose certificate no browser trusts', async () => {
    const { url: tlsUrl } = await emulatorForFile({ tlsOnly: true, tlsPort: 0 });
    const env = { BILLETERA_TLS_ONLY: '1', BILLETERA_TLS_PORT: new URL(tlsUrl).port };
    assert.match((await health([], env)).out, new RegExp(`^ready: ${tlsUrl}, `));
  });

  test('ends with 1 and one line if nothing or something else answers', async () => {
    const other = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const foreign = await health(['--url', otherUrl]);
    other.close();
    assert.deepEqual([foreign.status, foreign.out], [1, '']);
    assert.match(foreign.err, new RegExp(`^billetera: ${otherUrl} answers, but it is not a billetera: `));
    const nothing = await health(['--url', otherUrl]);
    assert.equal(nothing.status, 1);
    assert.match(nothing.err, /^billetera: no emulator is running at http:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED.*\n$/);
    const wrong = await health(['--url', 'localhost']);
    assert.deepEqual([wrong.status, wrong.out], [1, '']);
    assert.match(wrong.err, /^billetera: --url localhost: expected the address of an emulator/);
  });
});
