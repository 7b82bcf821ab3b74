import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, test } from 'node:test';
import { onClosed } from './on-closed.js';

test('the end of a connection is told once, before or after somebody asks for it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  after(() => server.close());
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const [, answer] = (await once(server, 'request')) as [unknown, ServerResponse];
  const told: string[] = [];
  onClosed(answer, () => told.push('before'));
  assert.equal(told.length, 0);
  const closed = once(answer, 'close');
  client.destroy();
  await closed;
  onClosed(answer, () => told.push('after'));
  assert.deepEqual(told, ['before', 'after']);
});
