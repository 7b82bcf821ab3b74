import type { RedisConnection } from './connection.js';

/** An emulator that does not say for this time that it runs is taken to be dead, in milliseconds. */
const deadAfterMs = 3000;
const heartbeatMs = 1000;

/** Says that this emulator runs, and tells which others do. */
export class RunningEmulators {
  readonly #redis: RedisConnection;
  readonly #emulatorId: string;
  /** The time at which this emulator last said that it runs. */
  #lastBeatAt = Number.NEGATIVE_INFINITY;
  /** Since when it has said so without a gap. */
  #steadySince = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(redis: RedisConnection, emulatorId: string) {
    this.#redis = redis;
    this.#emulatorId = emulatorId;
  }

  async join(): Promise<void> {
    await this.#beat();
    this.#timer = setInterval(() => void this.#beat().catch(() => {}), heartbeatMs).unref();
  }

  async leave(): Promise<void> {
    clearInterval(this.#timer);
    await this.#redis.run((commands) => commands.del(this.#keyOf(this.#emulatorId))).catch(() => {});
  }

  /**
   * Returns true if an emulator runs. If this emulator could not say so itself for a while, the others may not have been able to either,
   * so they get time to say it.
   * @throws StorageError
   */
  async isRunning(emulatorId: string): Promise<boolean> {
    await this.#beat();
    if (performance.now() - this.#steadySince < deadAfterMs) return true;
    return (await this.#redis.run((commands) => commands.exists(this.#keyOf(emulatorId)))) === 1;
  }

  #keyOf(emulatorId: string): string {
    return this.#redis.key(`running:${emulatorId}`);
  }

  async #beat(): Promise<void> {
    const key = this.#keyOf(this.#emulatorId);
    await this.#redis.run((commands) => commands.set(key, '1', { expiration: { type: 'PX', value: deadAfterMs } }));
    const now = performance.now();
    if (now - this.#lastBeatAt > 2 * heartbeatMs) this.#steadySince = now;
    this.#lastBeatAt = now;
  }
}
