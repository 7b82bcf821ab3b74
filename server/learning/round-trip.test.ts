import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { RoundTrips } from '../testing/round-trip.js';

/** `npm run test:more` tries more profiles (e2e/more/round-trip.test.mjs). */
const [profiles, maskedProfiles] = [16, 4];
const seed = 20_261_127;

const trips = await RoundTrips.open();
after(() => trips.close());

test('a profile is learned from a recording of its platform', async (context) => {
  context.diagnostic(`${profiles} profiles, seed ${seed}`);
  await trips.check(seed, profiles);
});

test('a profile is learned from a recording with masked values', async (context) => {
  context.diagnostic(`${maskedProfiles} profiles, seed ${seed}`);
  await trips.checkMasked(seed, maskedProfiles);
});

test('a wallet has no differences to its own platform', async () => {
  for (const profile of trips.wallets) assert.deepEqual(await trips.differencesToItself(profile), [], profile.name);
});
