import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compare } from '../comparison/compare.js';
import type { PublicKeys } from '../comparison/compare-signature.js';
import { differenceText } from '../comparison/difference-text.js';
import type { Profile } from '../profiles/profile.js';
import { Profiles } from '../profiles/profiles.js';
import { wordsOf } from '../profiles/words-of.js';
import type { Exchange } from '../recordings/exchange.js';
import { Mask } from '../recordings/mask/mask.js';
import { maskExchange } from '../recordings/mask/mask-exchange.js';
import { builtInFixtures, loadFixtures } from '../records/fixtures.js';
import { DialectWorld } from '../testing/dialects/dialect-world.js';
import { dialects } from '../testing/dialects/dialects.js';
import { emulatorForFile } from '../testing/emulator.js';
import { platformPublicKey, privateKey } from '../testing/merchant.js';
import { recordOperations, recordRun, sandbox } from '../testing/recorded-run.js';
import { inEnglish } from '../texts/write-text.js';
import { ReplayAnswerer } from './replay-answerer.js';

const emulator = await emulatorForFile();
const profiles = new Profiles([`${builtInFixtures}/wallets`], () => 'http://127.0.0.1:4010');
const fixtures = loadFixtures(undefined);

async function sentencesOf(recording: Exchange[], profile: Profile, keys: PublicKeys): Promise<string[]> {
  const answerer = new ReplayAnswerer({ profile, fixtures, privateKey: privateKey('platform-development.private.pem') });
  const { differences, calls } = await compare(recording, profile, { answerer, users: fixtures.users.values(), keys });
  assert.equal(calls.length, recording.length);
  return differences.map(
    (difference) => `${difference.operation} ${difference.exchanges}: ${inEnglish(differenceText(difference))}`,
  );
}

const keys: PublicKeys = { platform: platformPublicKey, client: (clientId) => fixtures.clients.get(clientId)?.publicKey };
const noKeys: PublicKeys = { client: () => undefined };

describe('a recording of an emulator of the same profile has no differences', () => {
  for (const dialect of dialects)
    test(`${dialect.wallet}, also with masked values`, async () => {
      const world = await DialectWorld.open(emulator, dialect);
      const profile = profiles.get(dialect.wallet);
      const recording = [...(await recordOperations(world, profile.source)), ...(await recordRun(world))];
      const operations = recording.slice(0, Object.keys(profile.source.operations).length);
      for (const { request, response } of operations) assert.match(String(response?.body), /"resultStatus":"S"/, request.url);
      assert.deepEqual(await sentencesOf(recording, profile, keys), []);
      const mask = new Mask({ words: () => wordsOf(profile), host: new URL(sandbox).hostname });
      const masked = recording.map((exchange) => maskExchange(exchange, mask));
      assert.deepEqual(await sentencesOf(masked, profile, noKeys), []);
    });
});
