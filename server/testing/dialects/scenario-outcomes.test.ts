import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile } from '../emulator.js';
import { DialectWorld } from './dialect-world.js';
import { dialects } from './dialects.js';

const emulator = await emulatorForFile();

describe('outcomes that only scenarios cause have the code and status of the wallet', () => {
  for (const dialect of dialects) {
    const { codes } = dialect;
    const endings = { 'exception-unknown': codes.exception, 'process-failed': codes.failed, 'traffic-exceeded': codes.traffic };
    test(dialect.wallet, async () => {
      const world = await DialectWorld.open(emulator, dialect);
      for (const [ending, code] of Object.entries(endings)) {
        const answer = await world.exchange('none', { headers: { 'X-Emulator-Scenario': ending } });
        assert.equal(answer.code, code, `${ending}: ${answer.message}`);
      }
    });
  }
});
