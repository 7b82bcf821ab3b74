import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { readOptions } from '../emulator/config.js';
import { packageRoot } from '../package-root.js';
import { emulatorForFile } from '../testing/emulator.js';
import { networkUrl, networkWarning, readyText } from './start.js';

const interfaces = {
  lo: [{ address: '127.0.0.1', family: 'IPv4', internal: true }],
  eth0: [
    { address: 'fd00::2', family: 'IPv6', internal: false },
    { address: '192.168.1.7', family: 'IPv4', internal: false },
  ],
} as never;

test('the start says by which address others reach the emulator, if they can', () => {
  const url = 'http://127.0.0.1:4010';
  for (const host of ['127.0.0.1', '127.9.9.9', 'localhost', '::1', 'a.localhost'])
    assert.equal(networkUrl(host, url, interfaces), undefined, host);
  for (const host of ['0.0.0.0', '::']) assert.equal(networkUrl(host, url, interfaces), 'http://192.168.1.7:4010', host);
  assert.equal(networkUrl('192.168.1.7', 'http://192.168.1.7:4010', interfaces), 'http://192.168.1.7:4010');
  assert.equal(networkUrl('0.0.0.0', url, {}), 'http://<this machine>:4010');
});

test('the start says what the network can do, and how to close it', () => {
  const url = 'http://192.168.1.7:4010';
  assert.match(
    networkWarning(url, false),
    /^http:\/\/192\.168\.1\.7:4010 is open to the network: .*; --control-token <secret> closes that$/,
  );
  assert.match(networkWarning(url, true), /: others there can call the OpenAPI and answer consent screens$/);
});

test('the start prints the public address, and where it listens', async () => {
  const emulator = await emulatorForFile();
  const lines = readyText(emulator, readOptions({ publicUrl: 'https://demo.example/wallet' })).split('\n');
  assert.equal(lines[0], 'billetera ready at https://demo.example/wallet');
  const row = (label: string) => lines.find((line) => line.startsWith(`  ${label}`)) ?? '';
  assert.ok(row('listens at').endsWith(emulator.url));
  assert.ok(row('mini program').includes('src="https://demo.example/wallet/my.js"'));
  for (const label of ['playground', 'OpenAPI']) assert.ok(row(label).includes('https://demo.example/wallet'), label);
});

/** The log's first line on a terminal. `script` of util-linux gives the process one. */
async function firstLogLine(env: Record<string, string>): Promise<string> {
  const command = `"${process.execPath}" "${join(packageRoot, 'dist', 'bin', 'main.js')}" --port 0`;
  const { NO_COLOR: _, ...others } = process.env;
  const child = spawn('script', ['-qec', command, '/dev/null'], { env: { ...others, TERM: 'xterm', ...env } });
  try {
    for await (const line of createInterface(child.stdout)) if (line.includes('listening at')) return line;
    return assert.fail('the log has no line about listening');
  } finally {
    child.kill();
  }
}

test('with NO_COLOR, the log has no colours', {
  skip: process.platform !== 'linux' && 'needs script of util-linux',
}, async () => {
  assert.ok((await firstLogLine({})).includes('\u001b['));
  assert.ok(!(await firstLogLine({ NO_COLOR: '1' })).includes('\u001b'));
});
