import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ProblemList } from '../files/problem-list.js';
import { packageRoot } from '../package-root.js';
import { readRecording } from '../recordings/read-recording.js';
import { readRequests } from '../requests/read-requests.js';
import { readSnapshot } from '../tenants/read-snapshot.js';
import { anyJson } from '../testing/arbitrary-json.js';
import { emulatorForFile, scratchFolder } from '../testing/emulator.js';
import { fuzz } from '../testing/fuzz.js';
import { nearlyJson, nearlyText } from '../testing/nearly.js';
import { Tester } from '../testing/tester.js';
import { readConfig } from './config.js';
import { readFiles } from './load-files.js';
import { readReport } from './read-report.js';

const timeout = 86_400_000;
const scratch = scratchFolder();
/** The sentences of errors that nobody wrote for a user. */
const unforeseen =
  /Cannot read prop|is not a function|is not iterable|undefined \(|Maximum call stack|\[object Object\]|Invalid time value/;

/** Reads something that may be wrong: it is read, or one line says what was expected. */
async function readsOrTells(read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (error) {
    const { message, stack = '' } = error as Error;
    assert.ok(!(error instanceof TypeError || error instanceof RangeError) && !unforeseen.test(message), stack);
    assert.doesNotMatch(message, /\n/, 'one line');
    assert.notEqual(message, '');
  }
}

const fixturesOf = (name: string) => JSON.parse(readFileSync(join(packageRoot, 'fixtures', name), 'utf8')) as unknown;
const json = (value: fc.Arbitrary<unknown>) => value.map((part) => JSON.stringify(part) ?? '');
/** A file that is nearly right. */
const nearly = (name: string) => {
  const right = fixturesOf(name);
  return fc.oneof(
    { weight: 6, arbitrary: json(nearlyJson(right)) },
    { weight: 2, arbitrary: nearlyText(fc.constant(JSON.stringify(right))) },
    { weight: 1, arbitrary: json(anyJson) },
  );
};

const emulator = await emulatorForFile();
const tester = new Tester(emulator);

const snapshot = (await tester.get('/snapshot')).body as object;
await tester.post('/auth-codes', { clientId: '202016726873874774774000', userId: '1000001119398804002', scopes: ['USER_ID'] });
const report = (await tester.get('/report')).body as object;
const har = (await tester.get('/journal.har')).body as object;

describe('a file that is nearly right', () => {
  const wallets = ['wallets/platform-v2.json', 'wallets/superqi.json', 'wallets/alipay-plus.json', 'wallets/toka.json'];
  const folder = join(scratch, 'fixtures');
  mkdirSync(join(folder, 'wallets'), { recursive: true });

  for (const name of ['clients.json', 'apps.json', 'users.json', ...wallets])
    test(`${name} is read, or its problems are told`, { timeout }, async (context) => {
      const config = { ...readConfig({}, {}), fixtures: folder, wallet: /wallets\/(.+)\.json/.exec(name)?.[1] ?? 'platform-v2' };
      await fuzz(context, {
        arbitrary: nearly(name),
        runs: 20,
        call: async (written) => {
          writeFileSync(join(folder, name), written);
          const problems = new ProblemList();
          readFiles(config, () => 'http://127.0.0.1:4010', problems, problems);
          for (const problem of problems.all) await readsOrTells(() => Promise.reject(new Error(problem)));
        },
      });
      writeFileSync(join(folder, name), readFileSync(join(packageRoot, 'fixtures', name)));
    });

  test('a config file is read, or its problem is told', { timeout }, async (context) => {
    const right = {
      port: 0,
      host: '127.0.0.1',
      wallet: 'tng',
      fixtures: './x',
      allowHost: ['a.example'],
      logLevel: 'info',
      tls: true,
    };
    const file = join(scratch, 'config.json');
    await fuzz(context, {
      arbitrary: fc.tuple(
        json(fc.oneof(nearlyJson(right), anyJson)),
        fc.dictionary(
          fc.constantFrom('port', 'logLevel', 'tlsPort', 'publicUrl', 'store', 'maxTokens', 'allowHost'),
          fc.string(),
        ),
      ),
      runs: 100,
      call: ([written, flags]) => {
        writeFileSync(file, written);
        return readsOrTells(() => readConfig({ ...flags, config: file }, {}));
      },
    });
  });
});

test('a snapshot is restored, or its problem is told', { timeout }, async (context) => {
  await fuzz(context, {
    arbitrary: fc.oneof(json(nearlyJson(snapshot)), nearlyText(fc.constant(JSON.stringify(snapshot)))),
    runs: 60,
    call: async (written) => {
      await readsOrTells(() => readSnapshot(written));
      const { status, body } = await tester.call('PUT', '/snapshot', written);
      if (status !== 204) assert.doesNotMatch(body.message, unforeseen);
    },
    tidy: () => tester.post('/reset'),
  });
});

test('a report, a recording and written requests are read, or their problems are told', { timeout }, async (context) => {
  const http =
    'POST http://a.example/v2/users/inquiryUserInfo HTTP/1.1\nHost: a.example\nClient-Id: x\n\n{"accessToken":"y"}\n\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{"result":{}}\n';
  const curl = `curl 'https://a.example/v2/x' -H 'Signature: a=b' --data-raw '{"a":1}' --compressed`;
  const files = { report: join(scratch, 'report.json'), har: join(scratch, 'calls.har'), http: join(scratch, 'calls.http') };
  await fuzz(context, {
    arbitrary: fc.record({
      report: json(nearlyJson(report)),
      har: fc.oneof(json(nearlyJson(har)), nearlyText(fc.constant(JSON.stringify(har)))),
      http: nearlyText(fc.constant(http)),
      curl: nearlyText(fc.constantFrom(curl, http)),
    }),
    runs: 60,
    call: async (written) => {
      for (const [name, file] of Object.entries(files)) writeFileSync(file, written[name as keyof typeof files]);
      await readsOrTells(() => readReport(files.report));
      await readsOrTells(() => readRecording(files.har));
      await readsOrTells(() => readRecording(files.http));
      await readsOrTells(() => readRequests(written.curl));
      await readsOrTells(() => readRequests(written.har));
    },
  });
});
