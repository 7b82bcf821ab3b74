import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from '../emulator/config.js';
import { emulatorForFile } from '../testing/emulator.js';
import { networkText, networkUrl, readyText } from './start.js';

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
    networkText(url, false),
    /^http:\/\/192\.168\.1\.7:4010 is open to the network: .*; --control-token <secret> closes that$/,
  );
  assert.match(networkText(url, true), /: others there can call the OpenAPI and answer consent screens$/);
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
