import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { describe, test } from 'node:test';
import { privateKey } from '../testing/merchant.js';
import { noHints } from '../testing/no-hints.js';
import type { Text } from '../texts/text.js';
import { inEnglish } from '../texts/write-text.js';
import { compileContent } from './content.js';
import type { OpenedSignature } from './opened-signature.js';
import { searchContent } from './search.js';

const templateText = '{method} {path}\n{clientId}.{time}.{body}';

function callWith(body: Buffer) {
  return {
    template: compileContent(templateText),
    templateText,
    parts: { method: 'POST', path: '/v2/a', clientId: 'c1', time: '2026-05-01T12:00:00Z', requestId: '' },
    paths: ['/v2/a'],
    body,
    target: '/v2/a',
    host: 'localhost',
    signature: '',
    publicKey: createPublicKey(privateKey('demo-merchant.private.pem')),
    hints: noHints,
  };
}

/** A signature that covers nothing. It counts the contents that it is compared with, and their bytes. */
function countingSignature(compare: () => void = () => {}) {
  const counted = { contents: 0, bytes: 0 };
  const opened: OpenedSignature = {
    certain: true,
    covers: (content) => {
      counted.contents++;
      for (const piece of content) counted.bytes += piece.length;
      compare();
      return false;
    },
  };
  return { opened, counted };
}

function wordsOf(text: Text | undefined): string {
  return text === undefined ? '' : inEnglish(text);
}

describe('searchContent', () => {
  test('hashes at most 8 MiB, and says that it stopped', async () => {
    for (const length of [100, 10_000, 1_000_000]) {
      const { opened, counted } = countingSignature();
      const body = Buffer.from(JSON.stringify({ a: 'é/'.repeat(length / 3), b: null }));
      const { incomplete } = await searchContent(callWith(body), opened);
      assert.ok(counted.bytes <= 8 * 2 ** 20, `${length}: ${counted.bytes} bytes`);
      assert.ok(counted.contents <= 8192, `${length}: ${counted.contents} contents`);
      if (length === 1_000_000) assert.match(wordsOf(incomplete), /more combinations/);
    }
  });

  test('lets other work run while it searches', async () => {
    const { opened } = countingSignature(() => {
      const end = performance.now() + 1;
      while (performance.now() < end);
    });
    let turns = 0;
    let searching = true;
    const countTurns = () => {
      turns++;
      if (searching) setImmediate(countTurns);
    };
    setImmediate(countTurns);
    await searchContent(callWith(Buffer.alloc(100_000, ' ')), opened);
    searching = false;
    assert.ok(turns > 10, `${turns} turns of the event loop`);
  });

  test('tries single mistakes only while many searches wait, and none if there are too many', async () => {
    const searches = Array.from({ length: 201 }, () => {
      const { opened, counted } = countingSignature();
      return searchContent(callWith(Buffer.from('{"a":1}')), opened).then(({ incomplete }) => ({ counted, incomplete }));
    });
    const results = await Promise.all(searches);
    assert.match(wordsOf(results[0]?.incomplete), /many calls fail/);
    assert.equal(results[199]?.incomplete, undefined);
    assert.ok((results[199]?.counted.contents ?? 0) > 5 * (results[0]?.counted.contents ?? 0));
    assert.match(wordsOf(results[200]?.incomplete), /too many calls fail/);
    assert.equal(results[200]?.counted.contents, 0);
  });
});
