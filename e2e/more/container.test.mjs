import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.mjs';

/**
 * Runs the steps of the Dockerfile in an empty folder in place of `/`, and the image's entry point as process 1 of a process
 * namespace and without root's rights, because no container engine is needed for that. It needs Linux and root.
 */

const project = fileURLToPath(new URL('../..', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'billetera-image-'));
const skip = (process.platform !== 'linux' || process.getuid?.() !== 0) && 'needs Linux and root';
const instructions = readFileSync(join(project, 'Dockerfile'), 'utf8')
  .replace(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter(Boolean)
  .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
const final = instructions.findLastIndex(([name]) => name === 'FROM');
const valueIn = (wanted) => instructions.findLast(([name], index) => name === wanted && index > final)[1];
const env = { PATH: `${join(root, 'usr/local/bin')}:${process.env.PATH}`, HOME: join(root, 'home/node') };

/** The paths of a command, below the empty folder. The user of the image has the id 1000. */
const inRoot = (command) =>
  command.replaceAll('node:node', '1000:1000').replace(/(^|\s)(\/(?:src|package|tmp|opt|usr|data|home)\b)/g, `$1${root}$2`);

async function run(command, cwd) {
  const child = spawn('sh', ['-ec', inRoot(command)], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text;
  });
  const [status] = await once(child, 'close');
  assert.equal(status, 0, `${command}\n${printed}`);
}

/** Copies what `.dockerignore` leaves of the project. */
function copyContext(to) {
  for (const line of readFileSync(join(project, '.dockerignore'), 'utf8').split('\n'))
    if (line.startsWith('!')) cpSync(join(project, line.slice(1)), join(to, line.slice(1)), { recursive: true });
}

async function build() {
  for (const folder of ['usr/local/bin', 'opt', 'tmp', 'home/node']) mkdirSync(join(root, folder), { recursive: true });
  let cwd = root;
  for (const [name, value] of instructions) {
    if (name === 'WORKDIR') {
      cwd = join(root, value);
      mkdirSync(cwd, { recursive: true });
    }
    if (name === 'COPY' && value.startsWith('--from=build')) await run(value.replace('--from=build', 'cp -r'), root);
    else if (name === 'COPY') copyContext(cwd);
    if (name === 'RUN') await run(value, cwd);
  }
  // The user of the image needs to reach it.
  chmodSync(root, 0o755);
}

/** Starts the image: `docker run <image> <args>`. */
function start(args = JSON.parse(valueIn('CMD')), variables = {}) {
  const image = Object.fromEntries(
    valueIn('ENV')
      .split(/\s+/)
      .map((each) => each.split('=')),
  );
  const [program] = JSON.parse(valueIn('ENTRYPOINT'));
  const user = ['setpriv', '--reuid=1000', '--regid=1000', '--clear-groups', '--'];
  return spawn('unshare', ['--fork', '--pid', '--kill-child', '--mount-proc', ...user, program, ...args], {
    cwd: join(root, 'home/node'),
    env: { ...env, ...image, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The output of a process that has ended. */
async function outputOf(child) {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
  const [status, signal] = await once(child, 'close');
  return { status, signal, text };
}

/** The lines that an emulator prints until it has said what is next. */
async function readyLines(child) {
  const lines = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.startsWith('  next')) return lines;
  }
  assert.fail(lines.join('\n'));
}

/** Sends a signal to process 1 of the namespace, as an engine does. */
function signal(child, name) {
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
  process.kill(Number(children.trim().split(' ')[0]), name);
}

describe('the image', { skip }, () => {
  before(build, { timeout: 600_000 });
  after(() => rmSync(root, { recursive: true, force: true }));

  test('starts, says what is exposed, is healthy, and stops on SIGTERM at once', async () => {
    const port = await freePort();
    const child = start(undefined, { BILLETERA_PORT: port });
    const lines = await readyLines(child);
    assert.equal(lines[0], `billetera ready at http://127.0.0.1:${port}`);
    assert.equal(lines.filter((line) => /^ {2}network .* is open to the network: others there can /.test(line)).length, 1);
    const [check, ...flags] = JSON.parse(valueIn('HEALTHCHECK').replace(/^.* CMD /, ''));
    const healthy = await outputOf(start(flags, { BILLETERA_PORT: port }));
    assert.deepEqual([check, healthy.status], ['billetera', 0], healthy.text);
    const closed = once(child, 'close');
    const began = performance.now();
    signal(child, 'SIGTERM');
    await closed;
    assert.ok(performance.now() - began < 2000, 'an engine kills after ten seconds');
    assert.equal((await outputOf(start(flags, { BILLETERA_PORT: port }))).status, 1);
  });

  test('a command that handles no signals stops on SIGTERM too', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const child = start(['health', '--url', `http://127.0.0.1:${silent.address().port}`]);
    const [socket] = await once(silent, 'connection');
    const ended = outputOf(child);
    signal(child, 'SIGTERM');
    assert.equal((await ended).text, '', 'it does not wait for the answer');
    socket.destroy();
    silent.close();
  });

  test('of two containers that start with one folder at the same moment, one gets it', async () => {
    for (let round = 0; round < 8; round++) {
      const ports = [await freePort(), await freePort()];
      const folder = join(root, 'data', String(round));
      const children = ports.map((port) => start(['start', '--data', folder], { BILLETERA_PORT: port }));
      const ended = children.map((child) => outputOf(child).then((output) => ({ child, ...output })));
      const loser = await Promise.race(ended);
      assert.match(loser.text, /in use by another emulator \(process \d+ on /, `round ${round}`);
      assert.equal(loser.status, 1);
      const winner = children.find((child) => child !== loser.child);
      const port = ports[children.indexOf(winner)];
      while ((await outputOf(start(['health'], { BILLETERA_PORT: port }))).status !== 0);
      signal(winner, 'SIGTERM');
      await Promise.all(ended);
    }
  });
});
