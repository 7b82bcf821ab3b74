import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { packageRoot } from '../package-root.js';
import { scratchFolder } from '../testing/emulator.js';

const run = promisify(execFile);
const main = join(packageRoot, 'dist', 'bin', 'main.js');

/** The last words of a line → some of its completions, and a word that is not among them. */
const cases: [line: string[], expected: string[], not: string][] = [
  [['sn'], ['snapshot'], 'save'],
  [['snapshot', ''], ['save', 'load'], 'snapshot'],
  [['snapshot', 'save', '--u'], ['--url'], '--port'],
  [['--po'], ['--port'], '--json'],
  [['flow', '--wallet', 'tn'], ['tng'], 'gcash'],
  [['flow', '--wallet', 'tng', '--js'], ['--json'], '--follow'],
  [['start', '--log-level', 'de'], ['debug'], 'info'],
  [['scenarios', 'user-ref'], ['user-refuses'], 'code-expired'],
  [['completion', ''], ['bash', 'zsh', 'fish'], 'start'],
];

/** The arguments that ask a shell for the completions of a line. */
const asked: Record<string, (script: string, line: string[]) => string[]> = {
  bash: (script, line) => [
    '-c',
    `source "$1"; shift; COMP_WORDS=(billetera "$@"); COMP_CWORD=$#; _billetera; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
    script,
    ...line,
  ],
  // The completion system works only at a prompt. In its place: a compadd that prints what matches the word.
  zsh: (script, line) => [
    '-f',
    '-c',
    `compdef() { :; }; _files() { :; }; compadd() { shift; print -l -- "\${(@M)@:#\${words[CURRENT]}*}"; }
     source "$1"; shift; words=(billetera "$@"); CURRENT=$((# + 1)); _billetera`,
    'zsh',
    script,
    ...line,
  ],
  fish: (script, line) => ['--no-config', '-c', `source ${script}; complete -C "billetera ${line.join(' ')}"`],
};

for (const [shell, argumentsFor] of Object.entries(asked)) {
  const skip = await run(shell, ['-c', 'true']).then(
    () => false as const,
    () => `needs ${shell}`,
  );
  test(`completes commands, flags and values in ${shell}`, { skip }, async () => {
    const script = join(scratchFolder(), `completion.${shell}`);
    writeFileSync(script, (await run(process.execPath, [main, 'completion', shell])).stdout);
    for (const [line, expected, not] of cases) {
      const { stdout, stderr } = await run(shell, argumentsFor(script, line));
      const words = stdout.split('\n').map((found) => found.split('\t')[0] ?? '');
      for (const word of expected) assert.ok(words.includes(word), `${line.join(' ')}: ${word} in ${words} ${stderr}`);
      assert.ok(!words.includes(not), `${line.join(' ')}: ${not}`);
      assert.equal(stderr, '');
    }
  });
}

test('an unknown shell is one line of error', async () => {
  const error = await run(process.execPath, [main, 'completion', 'tcsh']).catch((error) => error);
  assert.match(
    error.stderr,
    /^billetera: .*'tcsh' is invalid.* bash, zsh, fish\.\nbilletera: see "billetera completion --help" [^\n]*\n$/,
  );
});
