import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
// Variables of the developer's shell must not configure the programs under test.
const ours = /^(BILLETERA_|PLATFORM_|MINI_PROGRAM_|SIGNATURE_|CLIENT_ID$|APP_ID$|PRIVATE_KEY$|MERCHANT$|BRIDGE$|PORT$|HOST$)/;
const shell = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));

/** A program that listens at `url`, which it prints as `… ready at <url>`. */
export interface Running {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts one of the project's programs as a process.
 * @param script its path in the project
 * @throws Error with the program's output, if it exits before it listens
 */
export async function start(script: string, args: string[] = [], env: Record<string, string> = {}): Promise<Running> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, root)), ...args], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...shell, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors = (errors + chunk).slice(-4000);
  });
  const ready = new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const url = / ready at (https?:\/\/\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([
    ready,
    ended.then(([code]) => Promise.reject(new Error(`${script} ended with ${code}\n${errors}`))),
  ]);
  return {
    url,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
