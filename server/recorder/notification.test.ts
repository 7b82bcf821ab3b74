import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { readRecording } from '../recordings/read-recording.js';
import { aurora } from '../testing/emulator.js';
import { platformPublicKey, privateKey } from '../testing/merchant.js';
import { RealPlatform } from '../testing/real-platform.js';
import { RecorderWorld, recordedCall } from '../testing/recorder-world.js';

const platform = await RealPlatform.start();
const { code } = recordedCall;

describe('a notification of the platform', () => {
  const told = '{ "authorizationNotifyType":"AUTHCODE_CREATED", "authCode":"2810100000XyZqW1" }';

  /** Sends a notification as the platform does, signed with its key. */
  function notify(world: RecorderWorld, target: string) {
    const time = '2026-03-01T20:00:01+08:00';
    const content = `POST ${target.split('?')[0]}\n${aurora.clientId}.${time}.${told}`;
    const signature = sign('sha256', Buffer.from(content), privateKey('platform-development.private.pem')).toString('base64');
    const lines = ['Host: tunnel.example', `client-Id: ${aurora.clientId}`, `Request-Time: ${time}`, 'x-Trace: 1'];
    return world.send([...lines, `Signature: algorithm=RSA256, keyVersion=1, signature=${signature}`], { target, content: told });
  }

  test('reaches the merchant byte for byte, and is recorded with the answer', async () => {
    const seen: { target: string | undefined; rawHeaders: string[]; content: string }[] = [];
    const shop = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      seen.push({ target: request.url, rawHeaders: request.rawHeaders, content: Buffer.concat(chunks).toString() });
      response.sendDate = false;
      response
        .writeHead(200, ['content-TYPE', 'application/json', 'Content-Length', '28'])
        .end('{"result":{"resultCode":"S"}}'.slice(0, 28));
    });
    shop.listen(0, '127.0.0.1');
    await once(shop, 'listening');
    after(() => shop.close());
    const { host } = new URL(`http://127.0.0.1:${(shop.address() as AddressInfo).port}`);
    const world = await RecorderWorld.open(platform, { publicKey: platformPublicKey });
    const client = `/_emulator/clients/${aurora.clientId}`;
    const change = { notifyUrl: `http://${host}/shop/notify` };
    const headers = { 'content-type': 'application/merge-patch+json' };
    const { statusCode } = await world.emulator.app.inject({
      method: 'PATCH',
      url: client,
      headers,
      payload: JSON.stringify(change),
    });
    assert.equal(statusCode, 200);

    const answer = await notify(world, '/shop/notify?x=%2f');
    assert.deepEqual([answer.status, answer.body], ['HTTP/1.1 200 OK', '{"result":{"resultCode":"S"}']);
    assert.ok(answer.lines.includes('content-TYPE: application/json'));
    const [{ target, rawHeaders, content } = assert.fail()] = seen;
    assert.deepEqual([target, content], ['/shop/notify?x=%2f', told]);
    assert.deepEqual(rawHeaders.slice(0, 8), [
      'Host',
      host,
      'client-Id',
      aurora.clientId,
      'Request-Time',
      '2026-03-01T20:00:01+08:00',
      'x-Trace',
      '1',
    ]);
    const entry = await world.entry();
    assert.deepEqual(
      [entry.kind, entry.operation, entry.clientId, entry.status, entry.signature.verified, entry.reason],
      [
        'recorded',
        'notification',
        aurora.clientId,
        200,
        true,
        `the platform's notification was passed on to http://${host}/shop/notify?x=%2f, which answered HTTP 200`,
      ],
    );
    assert.doesNotMatch(JSON.stringify(entry), /2810100000XyZqW1/);
    // Calls of merchants still go to the platform, and the code is the same in both.
    await world.call();
    const [notified, called] = readRecording(world.file).sort((one) => (one.notification ? -1 : 1));
    assert.deepEqual(
      [notified?.notification, notified?.response?.status, notified?.signatures?.request.verified],
      [true, 200, true],
    );
    const codes = [notified, called].map((exchange) => JSON.parse(String(exchange?.request.body)).authCode);
    assert.deepEqual([codes[0] === codes[1], codes[0] === code], [true, false]);

    shop.close();
    shop.closeAllConnections();
    const failed = await notify(world, '/shop/notify');
    assert.equal(failed.status, 'HTTP/1.1 502 Bad Gateway');
    assert.match(failed.body, /gave no answer: .*Nothing listens there/);
    assert.equal(readRecording(world.file).length, 3);
  });
});
