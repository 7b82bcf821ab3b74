import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { defaultFixtures } from '../emulator/config.js';
import { hasFixtures } from '../emulator/unread-files.js';
import { newKeyPair, starterFiles, starterFixtures, starterTestConfig, starterUse } from './starter.js';

/**
 * Writes a starter into the working folder: a configuration, fixtures, a Playwright test and an HTTP example. It never replaces a
 * file, and it never adds to fixtures that exist, because the records of both must fit.
 * @throws Error in one line if a file cannot be written
 */
export async function init(): Promise<void> {
  const hasOwn = hasFixtures(defaultFixtures);
  if (hasOwn) process.stdout.write(`kept   ${defaultFixtures}: it has fixtures already\n`);
  const files = { ...(!hasOwn && starterFixtures(await newKeyPair())), ...starterFiles };
  for (const [path, content] of Object.entries(files))
    process.stdout.write(write(path, content) ? `wrote  ${path}\n` : `kept   ${path}: it exists already\n`);
  process.stdout.write(`
Next:
  npm install --save-dev billetera @playwright/test
  npx billetera check
  npx playwright install chromium
  npx playwright test --config ${starterTestConfig}
${hasOwn ? '' : starterUse}`);
}

/** @returns false if the file exists */
function write(path: string, content: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { flag: 'wx', mode: path.endsWith('.private.pem') ? 0o600 : 0o666 });
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw new Error(`${path}: init cannot write this file: ${message}; run it in a folder of yours`);
  }
}
