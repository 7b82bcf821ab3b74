import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import type { Difference } from '../comparison/difference.js';
import { differenceText } from '../comparison/difference-text.js';
import { compareRecording } from '../emulator/compare-recording.js';
import { learnRecording } from '../emulator/learn-recording.js';
import { profileFile } from '../learning/profile-file.js';
import type { Profile } from '../profiles/profile.js';
import type { Exchange } from '../recordings/exchange.js';
import { inEnglish } from '../texts/write-text.js';
import { arbitraryProfile } from './arbitrary-profile.js';
import { auroraKey } from './emulator.js';
import { maskedRecording } from './masked-recording.js';
import { platformPublicKey } from './merchant.js';
import type { RecordedCall } from './reference-client.js';
import { ReferencePlatforms } from './reference-platform.js';
import { transcriptOf } from './transcript.js';

const maxChanges = 6;
const keys = { client: createPublicKey(auroraKey), platform: platformPublicKey };

/**
 * Records platforms with random profiles, and learns a profile from each recording. The profile begins with the wallet that the
 * platform begins with, and knows nothing else of it.
 */
export class RoundTrips {
  readonly #platforms: ReferencePlatforms;
  /** The built-in ones. */
  readonly wallets: readonly Profile[];

  private constructor(platforms: ReferencePlatforms) {
    this.#platforms = platforms;
    const { profiles } = platforms.assembly;
    this.wallets = profiles.names().map((name) => profiles.get(name));
  }

  static async open(): Promise<RoundTrips> {
    return new RoundTrips(await ReferencePlatforms.open());
  }

  close(): Promise<void> {
    return this.#platforms.close();
  }

  /**
   * Checks that a comparison with the learned profile says nothing, and that the client which ran against the platform sees the same from
   * an emulator of the learned profile.
   * @throws Error with the seed and the smallest profile that fails
   */
  check(seed: number, count: number): Promise<void> {
    return this.#forPlatforms(seed, count, async (platform, parent, calls) => {
      const recording = calls.map(({ exchange }) => exchange);
      const { learned, rest } = await this.#learn(recording, parent);
      assert.deepEqual(rest, [], 'a comparison with the learned profile says nothing');
      assert.deepEqual(transcriptOf(await this.#platforms.run(platform, learned)), transcriptOf(calls));
    });
  }

  /**
   * Checks that a comparison with the profile that is learned from a file of the recorder, whose values are masked, says nothing.
   * @throws Error with the seed and the smallest profile that fails
   */
  checkMasked(seed: number, count: number): Promise<void> {
    return this.#forPlatforms(seed, count, async (_platform, parent, calls) => {
      const exchanges = calls.map(({ exchange }) => exchange);
      const { rest } = await this.#learn(maskedRecording(exchanges, parent), parent);
      assert.deepEqual(rest, [], 'a comparison with the learned profile says nothing');
    });
  }

  /** Runs the reference client against platforms with random profiles, and checks each run. */
  #forPlatforms(
    seed: number,
    count: number,
    check: (platform: Profile, parent: Profile, calls: readonly RecordedCall[]) => Promise<void>,
  ): Promise<void> {
    const wallets = this.wallets.map(({ source }) => source);
    return fc.assert(
      fc.asyncProperty(arbitraryProfile(wallets, maxChanges), async ({ wallet, source }) => {
        const platform = this.#platforms.openProfile({ ...source, name: 'platform' });
        const calls = await this.#platforms.run(platform, platform);
        await check(platform, this.#platforms.assembly.profiles.get(wallet), calls);
      }),
      { numRuns: count, seed },
    );
  }

  /** The differences of an emulator of a profile to the profile itself, in words. */
  async differencesToItself(profile: Profile): Promise<string[]> {
    const recording = (await this.#platforms.run(profile, profile)).map(({ exchange }) => exchange);
    return sentences((await compareRecording(recording, { ...this.#options(), profile, signsFast: true })).differences);
  }

  /** @returns the profile as it is read from the file that was learned, and the differences that stay */
  async #learn(recording: readonly Exchange[], parent: Profile): Promise<{ learned: Profile; rest: string[] }> {
    const { profiles } = this.#platforms.assembly;
    const { source, unlearned } = await learnRecording(recording, parent, profiles, this.#options());
    const facts = { path: 'learned.json', wallet: parent.name, note: 'learned', fixtures: 'fixtures' };
    const learned = profiles.openContent('learned.json', profileFile(parent.source, source, facts));
    return { learned, rest: sentences(unlearned.map(({ difference }) => difference)) };
  }

  #options() {
    const { assembly, privateKey } = this.#platforms;
    return { fixtures: assembly.fixtures, privateKey, platformKey: keys.platform, clientKey: keys.client };
  }
}

function sentences(differences: readonly Difference[]): string[] {
  return differences.map((difference) => `${difference.operation}: ${inEnglish(differenceText(difference))}`);
}
