import { after, test } from 'node:test';
import { RoundTrips } from '../../dist/testing/round-trip.js';

/** The unit test of the same name tries some (server/learning/round-trip.test.ts). */
const [parts, profilesOfEach] = [4, 50];
const seed = 20_261_200;
const [maskedParts, maskedSeed] = [3, 20_261_300];

const trips = await RoundTrips.open();
after(() => trips.close());

for (let part = 0; part < parts; part++)
  test(`profiles are learned from recordings of their platforms (part ${part + 1} of ${parts})`, async (context) => {
    context.diagnostic(`${profilesOfEach} profiles, seed ${seed + part}`);
    await trips.check(seed + part, profilesOfEach);
  });

for (let part = 0; part < maskedParts; part++)
  test(`profiles are learned from recordings with masked values (part ${part + 1} of ${maskedParts})`, async (context) => {
    context.diagnostic(`${profilesOfEach} profiles, seed ${maskedSeed + part}`);
    await trips.checkMasked(maskedSeed + part, profilesOfEach);
  });
