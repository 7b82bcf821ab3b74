// Part of `npm run lint`. A regular expression that backtracks too much lets one long text block the emulator, so every
// literal in server/ and views/ must be safe for texts of any length.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { checkSync } from 'recheck';

/** In milliseconds. A pattern that needs longer counts as safe, so that the result does not depend on the load of the machine. */
const timeoutMs = 20_000;

const unsafe = ['server', 'views'].flatMap(sourceFiles).flatMap(unsafeRegexes);
if (unsafe.length > 0) {
  process.stderr.write(`${unsafe.join('\n')}\nBound the repetitions (such as {1,64}), or use string methods.\n`);
  process.exitCode = 1;
}

function sourceFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .map((file) => join(folder, file))
    .filter((file) => /\.(ts|js)$/.test(file) && !/\.(test|d)\.ts$|\btesting\b/.test(file));
}

function unsafeRegexes(file) {
  const text = readFileSync(file, 'utf8');
  const module = parseSync(text, { syntax: file.endsWith('.ts') ? 'typescript' : 'ecmascript' });
  return [...regexesIn(module)].flatMap(({ pattern, flags }) => {
    const result = checkSync(pattern, flags, { timeout: timeoutMs });
    if (result.status !== 'vulnerable') return [];
    const line = text.slice(0, text.indexOf(`/${pattern}/`)).split('\n').length;
    return [`${file}:${line}: /${pattern}/${flags} may block on a long text (${result.complexity.summary})`];
  });
}

function* regexesIn(node) {
  if (typeof node !== 'object' || node === null) return;
  if (node.type === 'RegExpLiteral') yield node;
  for (const child of Object.values(node)) yield* regexesIn(child);
}
