import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { connect } from '../../dist/bin/index.js';
import { freePort } from './free-port.mjs';

/** Two emulators that share a store, behind nginx as compose.yaml has them. It needs nginx and redis-server. */

const main = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url));
const conf = readFileSync(new URL('../team/nginx.conf', import.meta.url), 'utf8');
const missing = ['nginx', 'redis-server'].find((program) => spawnSync(program, ['--version']).error !== undefined);
const scratch = mkdtempSync(join(tmpdir(), 'billetera-team-'));
const processes = [];

after(async () => {
  for (const child of processes) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    // nginx ends its workers only after SIGTERM.
    child.kill('SIGTERM');
    await once(child, 'close');
  }
  rmSync(scratch, { recursive: true, force: true });
});

/** Starts a program, and waits until it says that it is ready. */
async function start(program, args, ready) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  processes.push(child);
  await new Promise((resolve, reject) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        said += text;
        if (ready.test(said)) resolve();
      });
    child.once('exit', (status) => reject(new Error(`${program} ended with ${status}: ${said}`)));
  });
  return child;
}

test('any replica answers any request; one is killed, and the other goes on', {
  skip: missing && `${missing} is not installed`,
}, async () => {
  const [store, port, ...ports] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  await start('redis-server', ['--port', String(store), '--bind', '127.0.0.1', '--save', ''], /Ready to accept/);
  const replicas = [];
  for (const each of ports) {
    const args = [main, '--port', String(each), '--store', `redis://127.0.0.1:${store}/0`, '--log-level', 'silent'];
    replicas.push(await start(process.execPath, args, /billetera ready/));
  }
  const file = join(scratch, 'nginx.conf');
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${scratch}/${name};`);
  writeFileSync(
    file,
    `daemon off; pid ${scratch}/nginx.pid; error_log stderr notice;\n${conf
      .replace('http {', `http { access_log off; ${temp.join(' ')}`)
      .replace('billetera-1:4010', `127.0.0.1:${ports[0]}`)
      .replace('billetera-2:4010', `127.0.0.1:${ports[1]}`)
      .replace('listen 80;', `listen 127.0.0.1:${port};`)}`,
  );
  await start('nginx', ['-c', file, '-e', 'stderr'], /start worker process/);

  const wallet = connect(`http://127.0.0.1:${port}`);
  const client = { clientId: '202016726873874774774000', appId: '3333010071465913000' };
  async function logIn() {
    const { authCode } = await wallet.authCodes.issue({ ...client, scopes: ['USER_ID'] });
    const response = await fetch(`${wallet.url}/v2/authorizations/applyToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'client-id': client.clientId },
      body: JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode }),
    });
    assert.equal((await response.json()).result.resultCode, 'SUCCESS');
  }
  for (let round = 0; round < 10; round++) await logIn();
  assert.equal((await wallet.journal.wait({ operation: 'applyToken', resultCode: 'SUCCESS', count: 10 })).length, 10);
  replicas[0].kill('SIGKILL');
  await once(replicas[0], 'exit');
  for (let round = 0; round < 10; round++) await logIn();
  assert.equal((await wallet.tokens.list()).length, 20);
});
