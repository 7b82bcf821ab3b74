import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from './package-root.js';

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');
const dockerfile = read('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ');
const instructions = dockerfile
  .split('\n')
  .filter(Boolean)
  .map((line): [string, string] => [line.split(' ')[0] ?? '', line.slice(line.indexOf(' ') + 1)]);
const of = (name: string) => instructions.filter(([instruction]) => instruction === name).map(([, value]) => value);
/** The instructions of the image that people run. */
const final = instructions.slice(instructions.findLastIndex(([name]) => name === 'FROM'));

describe('the Dockerfile keeps the rules of hadolint', () => {
  test('DL3006, DL3007: each base has a tag, and not "latest"', () => {
    for (const from of of('FROM')) assert.match(from, /^node:\d+-(slim|alpine)( AS \w+)?$/);
    assert.equal(of('FROM').length, 2);
  });

  test('DL3002: the last user is not root', () => assert.deepEqual(of('USER'), ['node']));

  test('DL3000, DL3020: WORKDIR is absolute, and files are copied by COPY', () => {
    for (const path of of('WORKDIR')) assert.match(path, /^\//);
    assert.deepEqual(of('ADD'), []);
  });

  test('DL3025: commands are JSON', () => {
    for (const command of [...of('CMD'), ...of('ENTRYPOINT'), of('HEALTHCHECK')[0]?.replace(/^.* CMD /, '') ?? ''])
      assert.ok(Array.isArray(JSON.parse(command)), command);
  });

  test('DL3057, DL3012: there is one HEALTHCHECK, and it needs no curl', () => {
    assert.equal(of('HEALTHCHECK').length, 1);
    assert.match(of('HEALTHCHECK')[0] ?? '', / CMD \["billetera", "health"\]$/);
  });

  test('DL3003, DL3004, DL3008, DL3059, DL4006: no cd, no sudo, no unpinned packages, no repeated RUN, no pipe', () => {
    for (const command of of('RUN')) assert.doesNotMatch(command, /\bcd |\bsudo\b|apt-get|apk add|npm install|[^|]\|[^|]/);
    const names = instructions.map(([name]) => name);
    for (const [index, name] of names.entries()) assert.ok(name !== 'RUN' || names[index + 1] !== 'RUN');
  });

  test('it listens on all addresses, and nothing starts a shell between the engine and node', () => {
    assert.ok(final.some(([name, value]) => name === 'ENV' && /BILLETERA_HOST=0\.0\.0\.0/.test(value)));
    assert.deepEqual(of('ENTRYPOINT'), ['["billetera"]']);
    assert.deepEqual(of('CMD'), ['["start"]']);
  });
});

test('.dockerignore lets the build have all that it reads, and nothing with secrets', () => {
  const [everything, ...kept] = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  assert.equal(everything, '*');
  for (const line of kept) assert.ok(line.startsWith('!') && existsSync(join(packageRoot, line.slice(1))), line);
  const { scripts, files } = JSON.parse(read('package.json')) as { scripts: { build: string }; files: string[] };
  assert.equal(scripts.build, 'tsc -p tsconfig.json && node scripts/bundle.mjs');
  // The build writes dist and llms-full.txt.
  const needed = [
    'server',
    'scripts',
    'tsconfig.json',
    'LICENSE',
    'README.md',
    ...files.filter((file) => !/^(?:!|dist|llms-full)/.test(file)),
  ];
  for (const file of needed) assert.ok(kept.includes(`!${file.split('/')[0]}`), file);
});

test('in compose.yaml, the merchant waits until the emulator is healthy, and ports are open to this machine only', () => {
  const compose = read('compose.yaml');
  assert.match(compose, /depends_on:\n {6}billetera: \{ condition: service_healthy \}/);
  assert.match(compose, /PLATFORM_URL: http:\/\/billetera:4010/);
  const ports = compose.match(/ports: .*/g) ?? [];
  assert.equal(ports.length, 4);
  assert.match(compose, /BILLETERA_STORE: redis:\/\/redis:6379\/0/);
  for (const port of ports) assert.match(port, /^ports: \["127\.0\.0\.1:\d+:\d+"\]$/);
});
