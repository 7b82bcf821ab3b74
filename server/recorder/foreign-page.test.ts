import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { RealPlatform } from '../testing/real-platform.js';
import { RecorderWorld, recordedCall } from '../testing/recorder-world.js';

const platform = await RealPlatform.start();
const { path } = recordedCall;
const host = 'Host: 127.0.0.1:4010';

/** Sends a request with these headers. @returns the answer, and the number of calls that reached the platform */
async function send(world: RecorderWorld, lines: readonly string[], target = path) {
  const before = platform.seen.length;
  const { body } = await world.send(lines, { target });
  return { body, sentOn: platform.seen.length - before };
}

describe('a recorder sends on no call of a page of another site', () => {
  const pages: Record<string, string[]> = {
    'a script': [host, 'Origin: http://shop.example', 'Sec-Fetch-Site: cross-site', 'Content-Type: text/plain'],
    'a form in an older browser': [host, 'Origin: null', 'Content-Type: application/x-www-form-urlencoded'],
    'a picture': [host, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors'],
    'a link': [host, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate'],
    'a page of another port': [host, 'Origin: http://127.0.0.1:8080', 'Sec-Fetch-Site: same-site'],
  };
  for (const [name, lines] of Object.entries(pages))
    test(name, async () => {
      const world = await RecorderWorld.open(platform);
      for (const target of [path, '/v2/anything', `/t/mine${path}`]) {
        const { body, sentOn } = await send(world, lines, target);
        assert.equal(sentOn, 0);
        assert.match(body, /ACCESS_DENIED.*a web page of another origin caused this call.*start it with --openapi-cors/);
      }
      assert.equal(world.recorder.count, 0);
      const entry = await world.entry();
      assert.match(entry.reason, /a web page of another origin/);
      await world.emulator.close();
      assert.ok(!existsSync(world.file));
    });

  test('on a host name that a stranger could register', async () => {
    const world = await RecorderWorld.open(platform);
    assert.equal((await send(world, ['Host: shop.example'])).sentOn, 1, 'a server may use each name');
    const read = await world.send(['Host: shop.example'], { method: 'GET' });
    const { body, sentOn } = await send(world, ['Host: shop.example', 'Origin: http://shop.example']);
    assert.equal(sentOn, 0);
    assert.equal(read.body, body);
    assert.match(
      body,
      /called on the host name shop\.example, which is not allowed.*start billetera with --allow-host shop\.example/,
    );
  });
});

describe('a recorder sends on a call', () => {
  test('of a server, and of a page on its own address', async () => {
    const world = await RecorderWorld.open(platform);
    assert.equal((await send(world, [host])).sentOn, 1);
    assert.equal((await send(world, ['Host: host.docker.internal:4010'])).sentOn, 1);
    assert.equal((await send(world, [host, 'Origin: http://127.0.0.1:4010', 'Sec-Fetch-Site: same-origin'])).sentOn, 1);
  });

  test('of a page, if pages may call the OpenAPI', async () => {
    const world = await RecorderWorld.open(platform);
    world.emulator.tenants.default.changeSettings({ openapiCors: true });
    assert.equal((await send(world, [host, 'Origin: http://shop.example', 'Sec-Fetch-Site: cross-site'])).sentOn, 1);
  });
});
