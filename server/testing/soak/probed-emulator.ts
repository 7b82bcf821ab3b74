import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Held } from './probe.js';

const extension = extname(import.meta.filename);
const main = join(import.meta.dirname, '..', '..', 'cli', `main${extension}`);
const probe = pathToFileURL(join(import.meta.dirname, `probe${extension}`)).href;

/** A real emulator in a process of its own, which says what it holds. */
export class ProbedEmulator {
  readonly url: string;
  readonly #child: ChildProcess;
  /** The lines of its log: errors only. */
  readonly #log: string[];
  #isStopping = false;
  /** The reason of its end, if nobody stopped it. */
  crash: string | undefined;

  private constructor(url: string, child: ChildProcess, log: string[]) {
    this.url = url;
    this.#child = child;
    this.#log = log;
    child.once('exit', (status, signal) => {
      if (!this.#isStopping) this.crash = `the emulator ended with ${status ?? signal}`;
    });
  }

  /** @param flags where its state is: none, `--data <folder>` or `--store <address>` */
  static start(flags: readonly string[]): Promise<ProbedEmulator> {
    // The probe has the warnings.
    const args = [
      '--expose-gc',
      '--no-warnings',
      '--import',
      probe,
      main,
      'start',
      '--port',
      '0',
      '--log-level',
      'error',
      ...flags,
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const log: string[] = [];
    child.stderr?.on('data', (text) => log.push(String(text)));
    return new Promise((resolve, reject) => {
      let said = '';
      child.stdout?.on('data', (text) => {
        said += text;
        const url = /billetera ready at (http:\S+)/.exec(said)?.[1];
        if (url !== undefined) resolve(new ProbedEmulator(url, child, log));
      });
      child.once('exit', (status) => reject(new Error(`the emulator did not start (${status}): ${log.join('')}`)));
    });
  }

  get log(): string {
    return this.#log.join('');
  }

  /** @returns undefined if it does not run any more */
  async measure(): Promise<Held | undefined> {
    if (this.crash !== undefined) return undefined;
    this.#child.send('measure');
    const answered = new AbortController();
    const { signal } = answered;
    const [held] = await Promise.race([
      once(this.#child, 'message', { signal }),
      once(this.#child, 'exit', { signal }).then(() => []),
    ]);
    answered.abort();
    return held as Held | undefined;
  }

  /** Asks it to stop. @returns its exit status */
  async stop(): Promise<number | null> {
    this.#isStopping = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const [status] = await ended;
    return status as number | null;
  }
}
