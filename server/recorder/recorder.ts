import type { KeyObject } from 'node:crypto';
import type { Forwarder, RawAnswer, RawRequest } from '../http/forwarder.js';
import type { Profile } from '../profiles/profile.js';
import { wordsOf } from '../profiles/words-of.js';
import type { Exchange } from '../recordings/exchange.js';
import { Mask } from '../recordings/mask/mask.js';
import { maskExchange } from '../recordings/mask/mask-exchange.js';
import { TextError, textOf } from '../texts/text-error.js';
import { RecordingFile } from './recording-file.js';
import { sendUnchanged } from './send-unchanged.js';

export interface RecorderOptions {
  /** The platform's address, without a slash at the end. */
  to: string;
  /** The file that the recording goes to. It must not exist. */
  out: string;
  publicKey: KeyObject | undefined;
  /** The authorities that are trusted, in PEM; undefined: those of Node. */
  ca: readonly string[] | undefined;
  /** Writes tokens and personal data as they are. */
  showSecrets: boolean;
  /** The emulator's version. */
  version: string;
}

/** Sends calls to a real platform, and writes them and its answers to a file. */
export class Recorder implements Forwarder {
  readonly publicKey: KeyObject | undefined;
  readonly #file: RecordingFile;
  readonly #options: RecorderOptions;
  readonly #mask: Mask;
  #words: ReadonlySet<string> = new Set();

  /** @throws Error in one line if the file exists or cannot be written */
  constructor(options: RecorderOptions) {
    this.#options = options;
    this.publicKey = options.publicKey;
    this.#mask = new Mask({ words: () => this.#words, host: new URL(options.to).hostname });
    this.#file = new RecordingFile(options.out, options.version);
  }

  /** The number of calls in the recording. */
  get count(): number {
    return this.#file.count;
  }

  addressOf(target: string): string {
    return this.#options.to + target;
  }

  send(url: string, request: RawRequest): Promise<RawAnswer> {
    return sendUnchanged(url, request, this.#options.ca);
  }

  async keep(exchange: Exchange, profile: Profile): Promise<void> {
    try {
      this.#words = wordsOf(profile);
      await this.#file.add(this.#options.showSecrets ? exchange : maskExchange(exchange, this.#mask));
    } catch (error) {
      throw new TextError(textOf(error), { cause: error });
    }
  }

  /** Waits until everything is on the disk. A recording without calls is removed. */
  close(): Promise<void> {
    return this.#file.close();
  }
}
