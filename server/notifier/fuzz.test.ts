import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { oddText } from '../testing/arbitrary-json.js';
import { emulatorForFile, faro, users } from '../testing/emulator.js';
import { fuzz } from '../testing/fuzz.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();
const tester = new Tester(emulator);
let answer = Buffer.alloc(0);
const merchant = createServer((socket: Socket) => {
  socket.on('error', () => {});
  socket.once('data', () => socket.end(answer));
}).listen(0, '127.0.0.1');
await once(merchant, 'listening');
after(() => merchant.close());

async function open(): Promise<void> {
  await tester.post('/reset');
  await tester.put('/settings', { wallet: 'alipay-plus' });
  const notifyUrl = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/`;
  await tester.patch(`/clients/${faro.clientId}`, { notifyUrl });
}
await open();

const right = '{"result":{"resultStatus":"S"}}';
const line = fc.oneof(
  fc.constantFrom(
    'Content-Length: 5',
    'Content-Encoding: gzip',
    'Transfer-Encoding: chunked',
    'Signature: signature=%',
    'Response-Time: x',
  ),
  oddText.map((text) => text.slice(0, 200)),
);
const sent = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('200 OK', '302 Found', '500 No', '999', '100 Continue', '204 None'),
      fc.array(line, { maxLength: 3 }),
      fc.oneof(fc.constant(right), oddText),
    )
    .map(([status, lines, body]) => Buffer.from([`HTTP/1.1 ${status}`, ...lines, '', body].join('\r\n'))),
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
);

test('any answer of a merchant is a try in the journal', { timeout: 86_400_000 }, async (context) => {
  let told = 0;
  await fuzz(context, {
    arbitrary: sent,
    runs: 60,
    call: async (bytes) => {
      answer = bytes;
      await tester.post('/auth-codes', { ...faro, userId: users.tomas, scopes: ['USER_ID'] });
      const match = { kind: 'notification' };
      const { status, body } = await tester.post('/journal/wait', { match, count: Math.min(++told, 2000), timeout: 'PT15S' });
      assert.equal(status, 200, `${JSON.stringify(bytes.toString('latin1'))}: ${JSON.stringify(body).slice(0, 300)}`);
      if (told % 500 !== 0) return;
      await open();
      told = 0;
    },
    tidy: async () => {
      await open();
      told = 0;
    },
  });
});
