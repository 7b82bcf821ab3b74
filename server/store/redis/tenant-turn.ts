import { randomUUID } from 'node:crypto';
import { text } from '../../texts/text.js';
import type { TenantCopies, Turn } from '../state-store.js';
import { StorageError } from '../storage-error.js';
import { type CopyWriter, RedisPersistence } from './redis-persistence.js';
import type { CopyUpdate, CopyVersion, RedisTenant } from './redis-tenant.js';

/** A turn that lasts is kept at this interval, in milliseconds. */
const keepMs = 400;
/** A call that waits longer for the turn gets an error, in milliseconds. */
const maxWaitMs = 1900;
/** While the turn is taken, it is tried again at this interval, because a killed emulator says nothing (milliseconds). */
const retryMs = 50;

export interface TurnOptions {
  tenant: string;
  redis: RedisTenant;
  /** This emulator's copies of the tenants. */
  copies(): TenantCopies;
  /** Reads the stored journal, oldest first. */
  readCalls(): Promise<object[]>;
  /** Is called when the tenant is stored for the first time, and when it is dropped. */
  onStored(isStored: boolean): void;
}

/** No life has this name: everything is new for such a copy. */
const outdated: CopyVersion = { life: '?', seq: 0 };
const nothingStored: CopyVersion = { life: '', seq: 0 };

/**
 * A tenant's turn in this emulator: only the emulator whose turn it is reads and changes the tenant, so that exactly one of any number of
 * racing calls wins. Its requests share the turn. It is taken with one call of Redis, which brings the copy up to date too, and given back
 * with the one that writes the changes.
 */
export class TenantTurn implements CopyWriter {
  readonly #options: TurnOptions;
  /** Requests that share the turn. */
  #inside = 0;
  /** Requests that wait for the turn. */
  #waiting = 0;
  #isHeld = false;
  /** True if another emulator waits: no further request joins. */
  #isWanted = false;
  #taking: Promise<void> | undefined;
  #givingBack: Promise<unknown> | undefined;
  #writing: Promise<void> | undefined;
  #nextWrite: Promise<void> | undefined;
  #refreshing: Promise<void> | undefined;
  #refreshAgain = false;
  #keepTimer: NodeJS.Timeout | undefined;
  #onGivenBack = () => {};
  #onFree = () => {};
  #copy: RedisPersistence | undefined;
  #version = nothingStored;

  constructor(options: TurnOptions) {
    this.#options = options;
  }

  /** Waits for the turn. @throws StorageError */
  async enter(): Promise<Turn> {
    if (this.#isHeld && !this.#isWanted) this.#inside++;
    else {
      this.#waiting++;
      this.#taking ??= this.#take().finally(() => {
        this.#taking = undefined;
        this.#waiting = 0;
      });
      await this.#taking;
    }
    return this.#turn();
  }

  /** A copy of a new life. @param waitsForReplace it is written by `replaceBy` */
  newCopy(waitsForReplace: boolean): RedisPersistence {
    const copy = new RedisPersistence(this);
    if (!waitsForReplace) this.#copy = copy;
    return copy;
  }

  noteChange(copy: RedisPersistence): void {
    // Requests write when they end. Only what happens between requests is written at once.
    if (copy === this.#copy && !this.#isHeld && this.#taking === undefined) void this.#write().catch(() => {});
  }

  settled(copy: RedisPersistence): Promise<void> {
    if (copy === this.#copy && copy.hasChanges) return this.#write();
    return this.#writing ?? nothingToWrite;
  }

  /** Another emulator waits for the turn. */
  noteWanted(): void {
    if (this.#isHeld) this.#isWanted = true;
  }

  /** Another emulator has given the turn back. */
  noteFree(): void {
    this.#onFree();
  }

  /** Another emulator has changed the tenant: brings the copy up to date, unless the next turn does. */
  refresh(): void {
    if (this.#refreshing !== undefined) this.#refreshAgain = true;
    else if (!this.#isBusy) this.#refreshing = this.#refresh();
  }

  replaceBy(copy: RedisPersistence, replaced: () => void): Promise<void> {
    return this.#inTurn(async () => {
      const life = randomUUID();
      if (!(await this.#options.redis.replace(copy.takeChanges(), this.#version.life, life))) throw this.#lose(this.#copy);
      this.#copy = copy;
      this.#version = { life, seq: 0 };
      this.#options.onStored(true);
      replaced();
    });
  }

  drop(copy: RedisPersistence): Promise<void> {
    return copy === this.#copy ? this.#inTurn(() => this.#delete()) : nothingToWrite;
  }

  /** Deletes the tenant's life, and drops this emulator's copy. */
  delete(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#delete();
      this.#options.copies().replace(this.#options.tenant, undefined);
    });
  }

  discard(copy: RedisPersistence): void {
    if (copy !== this.#copy) return;
    this.#copy = undefined;
    this.#version = outdated;
  }

  async close(): Promise<void> {
    await this.#write();
    clearInterval(this.#keepTimer);
  }

  /** True if nothing of the tenant is stored, and nothing happens in it. */
  get isUnused(): boolean {
    return this.#version.life === '' && this.#inside === 0 && !this.#isBusy;
  }

  get #isBusy(): boolean {
    return this.#isHeld || this.#taking !== undefined || this.#givingBack !== undefined || this.#copy?.hasChanges === true;
  }

  #turn(): Turn {
    let hasEnded = false;
    return {
      end: () => {
        if (hasEnded) return;
        hasEnded = true;
        this.#inside--;
        if (this.#inside === 0) void this.#write().catch(() => {});
      },
    };
  }

  async #inTurn(act: () => Promise<void>): Promise<void> {
    if (this.#isHeld) this.#inside++;
    const turn = this.#isHeld ? this.#turn() : await this.enter();
    try {
      await act();
    } finally {
      turn.end();
    }
  }

  async #take(): Promise<void> {
    const { redis, tenant } = this.#options;
    if (this.#isHeld) await new Promise<void>((resolve) => (this.#onGivenBack = resolve));
    await Promise.all([this.#givingBack, this.#refreshing]);
    const startedAt = performance.now();
    for (;;) {
      const free = new Promise<void>((resolve) => (this.#onFree = resolve));
      const update = await redis.takeTurn(this.#version);
      if (update !== undefined) {
        this.#keepTimer = setInterval(() => void redis.keepTurn().catch(() => {}), keepMs).unref();
        await this.#adopt(update);
        [this.#isHeld, this.#isWanted] = [true, false];
        this.#inside += this.#waiting;
        return;
      }
      if (performance.now() - startedAt > maxWaitMs)
        throw new StorageError('not-stored', text('redis-turn-taken', { tenant, seconds: Math.round(maxWaitMs / 1000) }));
      await Promise.race([free, pause(retryMs)]);
    }
  }

  async #refresh(): Promise<void> {
    try {
      const update = await this.#options.redis.read(this.#version);
      // The update of a turn is as new.
      if (!this.#isBusy) await this.#adopt(update);
    } catch {
      // The next turn reads it.
    } finally {
      this.#refreshing = undefined;
      if (this.#refreshAgain) {
        this.#refreshAgain = false;
        this.refresh();
      }
    }
  }

  /** Brings the copy up to date. */
  async #adopt(update: CopyUpdate): Promise<void> {
    const { tenant } = this.#options;
    const copies = this.#options.copies();
    const { life, seq } = update;
    if (life === '' && this.#version.life !== '') {
      this.#copy = undefined;
      copies.replace(tenant, undefined);
    } else if (update.is === 'changes') for (const changes of update.changes) copies.change(tenant, changes);
    else if (update.is === 'all') {
      const calls = await this.#options.readCalls();
      this.#copy = new RedisPersistence(this);
      copies.replace(tenant, { persistence: this.#copy, entries: update.entries, calls });
    }
    this.#version = { life, seq };
  }

  /** Writes the changes made so far, and gives the turn back if no request is inside. One write runs at a time. */
  #write(): Promise<void> {
    if (this.#nextWrite === undefined) {
      const before = this.#writing ?? new Promise<void>((resolve) => setImmediate(resolve));
      this.#nextWrite = before
        .catch(() => {})
        .then(() => {
          this.#nextWrite = undefined;
          this.#writing = this.#writeNow().finally(() => {
            this.#writing = undefined;
          });
          return this.#writing;
        });
      // If nobody waits for it, the copy tells the next caller.
      this.#nextWrite.catch(() => {});
    }
    return this.#nextWrite;
  }

  async #writeNow(): Promise<void> {
    const copy = this.#copy;
    if (this.#isHeld) return this.#send(copy, this.#inside === 0);
    if (copy?.hasChanges !== true) return;
    const turn = await this.enter();
    try {
      // Another emulator may have changed the same since.
      if (copy !== this.#copy) throw this.#lose(copy);
      await this.#send(copy, false);
    } finally {
      turn.end();
    }
  }

  async #send(copy: RedisPersistence | undefined, givesBack: boolean): Promise<void> {
    const changes = copy?.takeChanges() ?? [];
    if (changes.length === 0 && !givesBack) return;
    const isNew = this.#version.life === '';
    const life = isNew ? randomUUID() : this.#version.life;
    const sent = this.#options.redis.write(changes, this.#version.life, life, givesBack);
    if (givesBack) {
      this.#isHeld = false;
      clearInterval(this.#keepTimer);
      this.#givingBack = sent.catch(() => {});
    }
    try {
      const seq = await sent;
      if (seq === -1) throw this.#lose(copy);
      if (changes.length > 0) this.#version = { life, seq };
      if (changes.length > 0 && isNew) this.#options.onStored(true);
    } catch (error) {
      throw this.#lose(copy, error as StorageError);
    } finally {
      if (givesBack) this.#givingBack = undefined;
      if (!this.#isHeld) this.#onGivenBack();
    }
  }

  async #delete(): Promise<void> {
    if (!(await this.#options.redis.delete(this.#version.life))) throw this.#lose(this.#copy);
    this.#copy = undefined;
    this.#version = nothingStored;
    this.#options.onStored(false);
  }

  /** Gives up a copy that may differ from what is stored. @param problem default: the turn was lost */
  #lose(copy: RedisPersistence | undefined, problem?: StorageError): StorageError {
    const told = problem ?? new StorageError('not-stored', text('redis-turn-lost', { tenant: this.#options.tenant }));
    copy?.fail(told);
    clearInterval(this.#keepTimer);
    this.#isHeld = false;
    this.#version = outdated;
    if (copy === this.#copy) this.#copy = undefined;
    return told;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const nothingToWrite = Promise.resolve();
