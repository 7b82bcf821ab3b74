import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { packageRoot } from './package-root.js';
import { scratchFolder } from './testing/emulator.js';

/** The modules of the benchmark that need none of its packages. */
const benchModule = (path: string) => import(pathToFileURL(join(packageRoot, 'e2e', 'bench', path)).href);
const { median, quantile } = await benchModule('statistics.mjs');
const { inTurn, medianRatio, runRounds } = await benchModule('rounds.mjs');
const { readArguments } = await benchModule('arguments.mjs');
const { checkAnswers, checkCeilingAnswers } = await benchModule('load/check.mjs');
const { calls } = await benchModule('load/calls.mjs');
const { worseFigures } = await benchModule('report/comparison.mjs');
const { aimsTables } = await benchModule('report/aims.mjs');
const { markdownTable, textTable } = await benchModule('report/table.mjs');
const { allTablesOf, checkDocuments, summaryOf, withTables } = await benchModule('report/documents.mjs');
const { readNewestResults, resultsJson, writeResults } = await benchModule('report/results.mjs');
const { textReport } = await benchModule('report/text-report.mjs');

const machine = { processor: 'Abacus 9', cores: 2, memoryGb: 8, system: 'Linux 6.1', node: 'v20.20.2' };
const resultsOf = (figures: object[], changes: object = {}) => ({
  version: '1.2.3',
  peer: 'peer 8',
  date: '2026-05-04T03:02:01.000Z',
  machine,
  parts: { start: { milliseconds: 294 } },
  figures,
  ...changes,
});
const startPart = {
  name: 'start',
  tables: ({ milliseconds }: { milliseconds: number }) => [
    { title: 'Start', head: ['', 'ms'], rows: [['billetera', String(milliseconds)]], note: 'Once.' },
  ],
  summary: ({ milliseconds }: { milliseconds: number }) => [['ready after', `${milliseconds} ms`, '1.45 of a bare Fastify']],
};

describe('statistics', () => {
  test('a median does not depend on the order, and is the mean of the middle two of an even number', () => {
    assert.equal(median([30, 4, 5]), 5);
    assert.equal(median([10, 4, 6, 30]), 8);
    assert.equal(median([7]), 7);
  });

  test('a quantile is one of the values, and the highest one at most', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    assert.equal(quantile(values, 0.99), 199);
    assert.equal(quantile(values, 0.5), 101);
    assert.equal(quantile(values, 1), 200);
    assert.equal(quantile([3], 0.99), 3);
  });

  test('a ratio is the median of the ratios of the rounds, so that a slow round of both changes nothing', () => {
    assert.equal(medianRatio([50, 5, 50], [100, 10, 100]), 0.5);
  });
});

describe('rounds', () => {
  test('run until there are enough', async () => {
    assert.deepEqual(
      await runRounds({ rounds: 3, longestMs: Number.POSITIVE_INFINITY }, async (turn: number) => turn),
      [0, 1, 2],
    );
  });

  test('run once if the time is over', async () => {
    assert.deepEqual(await runRounds({ rounds: 3, longestMs: 0 }, async (turn: number) => turn), [0]);
  });

  test('start with another server in each turn', async () => {
    const order: string[] = [];
    const run = (name: string) => async () => order.push(name);
    for (const turn of [0, 1, 2]) await inTurn(turn, { a: run('a'), b: run('b'), c: run('c') });
    assert.equal(order.join(''), 'abcbcacab');
  });
});

describe('arguments', () => {
  const names = ['start', 'calls', 'sheet'];

  test('without any, all parts are measured', () => {
    assert.deepEqual(readArguments([], names), { names, quick: false, json: false, write: false });
  });

  test('parts are measured in their own order', () => {
    assert.deepEqual(readArguments(['sheet', '--quick', 'start', '--json'], names), {
      names: ['start', 'sheet'],
      quick: true,
      json: true,
      write: false,
    });
  });

  test('an unknown part is refused with the names of all', () => {
    assert.throws(() => readArguments(['shet'], names), /^Error: unknown part "shet"; the parts are start, calls, sheet$/);
  });

  test('what is written was measured in whole', () => {
    assert.throws(() => readArguments(['--write', 'calls'], names), /--write measures everything/);
    assert.throws(() => readArguments(['--write', '--quick'], names), /--write measures everything/);
    assert.equal(readArguments(['--write'], names).write, true);
  });
});

describe('a wrong answer ends the benchmark', () => {
  const answer = (body: object | string, status = 200, headers: object = {}) => ({
    status,
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const failed = { result: { resultCode: 'USED_AUTHCODE' } };
  const unsigned = { result: { resultCode: 'SUCCESS' }, accessToken: 'a', userInfo: { userId: '1000009900000000001' } };
  const cases: [title: string, call: string, answers: object[], message: RegExp | undefined][] = [
    ['new codes are right', 'authCode', [answer({ authCode: 'a' }), answer({ authCode: 'b' })], undefined],
    ['two equal codes', 'authCode', [answer({ authCode: 'a' }), answer({ authCode: 'a' })], /two answers are the same/],
    ['an answer without a code', 'authCode', [answer({ error: 'x' })], /a wrong answer with status 200: \{"error":"x"\}/],
    ['an answer of another form', 'inquiryUserInfo', [answer({})], /inquiryUserInfo: a wrong answer/],
    ['a call that fails', 'applyToken', [answer(failed)], /applyToken: a wrong answer .+USED_AUTHCODE/],
    ['an answer without a signature', 'applyToken', [answer(unsigned)], /signature of an answer does not verify/],
    ['the data of another user', 'inquiryUserInfo', [answer(unsigned)], /inquiryUserInfo: a wrong answer/],
    ['a JSAPI that fails', 'getAuthCode', [answer({ ok: false, result: { error: 10 } })], /without a screen: a wrong answer/],
    ['a reset has no body', 'reset', [answer('', 204)], undefined],
    ['a reset with a body', 'reset', [answer({ error: 'x' })], /a wrong answer/],
  ];
  for (const [title, name, answers, message] of cases)
    test(title, () => {
      const requests = answers.map(() => ({ path: '/path' }));
      const check = () => checkAnswers(calls[name], requests, answers);
      if (message === undefined) check();
      else assert.throws(check, message);
    });

  test('another answer of the ceiling', () => {
    const expected = { status: 201, body: 'a' };
    checkCeilingAnswers(calls.authCode, [{}], [answer('a', 201)], expected);
    assert.throws(() => checkCeilingAnswers(calls.authCode, [{}], [answer('b', 201)], expected), /the ceiling answered 201 b/);
    assert.throws(() => checkCeilingAnswers(calls.authCode, [{}], [answer('a', 200)], expected), /the ceiling answered 200 a/);
  });
});

describe('the comparison with the last results', () => {
  const rate = (value: number | null) => ({ name: 'rate', value, better: 'higher' });
  const memory = (value: number) => ({ name: 'memory', value, better: 'lower' });
  const time = (value: number) => ({ name: 'time', value, better: 'lower', unit: 'ms' });
  const worse = (before: object[], now: object[], changes: object = {}) =>
    worseFigures(resultsOf(before), resultsOf(now, changes)).map(({ name }: { name: string }) => name);

  test('names the figures that fell or rose to the wrong side', () => {
    assert.deepEqual(worse([rate(0.6), memory(1.2)], [rate(0.5), memory(1.5)]), ['rate', 'memory']);
    assert.deepEqual(worse([rate(0.6), memory(1.2)], [rate(0.7), memory(1)]), []);
  });

  test('ignores what two runs of the same code differ by', () => {
    assert.deepEqual(worse([rate(0.6), memory(1.2)], [rate(0.58), memory(1.25)]), []);
  });

  test('a count that was 0 can rise', () => {
    assert.deepEqual(worse([memory(0)], [memory(1)]), ['memory']);
    assert.deepEqual(worse([memory(0)], [memory(0)]), []);
  });

  test('compares milliseconds only on the same machine', () => {
    assert.deepEqual(worse([time(100)], [time(200)]), ['time']);
    assert.deepEqual(worse([time(100), rate(0.6)], [time(200), rate(0.5)], { machine: { ...machine, cores: 8 } }), ['rate']);
  });

  test('leaves out what one of the two did not measure', () => {
    assert.deepEqual(worse([memory(1.2)], [rate(0.5)]), []);
    assert.deepEqual(worse([rate(null)], [rate(0.5)]), []);
    assert.deepEqual(worse([rate(0.5)], [rate(Number.NaN)]), []);
  });

  test('is in the report with both values, or the report says that nothing is worse', () => {
    const report = (before: object | undefined) => textReport(resultsOf([rate(0.5)]), [startPart], before);
    assert.match(report(resultsOf([rate(0.6)])), /Worse than those of 1\.2\.3 \(2026-05-04\)\n\n.+\n─+\nrate +0\.60 +0\.50\n/);
    assert.match(report(resultsOf([rate(0.5)])), /No figure is worse than those of 1\.2\.3/);
    assert.match(report(undefined), /Not compared with earlier results\./);
  });
});

test('the results that were measured last are the newest ones', () => {
  const folder = scratchFolder();
  assert.equal(readNewestResults(folder), undefined);
  assert.equal(readNewestResults(join(folder, 'none')), undefined);
  writeResults(resultsOf([], { version: '1.10.0', date: '2026-06-01T00:00:00.000Z' }), folder);
  writeResults(resultsOf([], { version: '1.9.1', date: '2026-07-01T00:00:00.000Z' }), folder);
  writeFileSync(join(folder, 'notes.txt'), 'no results');
  assert.equal(readNewestResults(folder).version, '1.9.1');
});

test('results are JSON with few digits', () => {
  const { parts } = JSON.parse(resultsJson(resultsOf([], { parts: { a: [1381.5549, 0.6184999, 12345, Number.NaN] } })));
  assert.deepEqual(parts.a, [1381.6, 0.6185, 12345, null]);
});

describe('tables', () => {
  test('in a terminal, columns have the width of their longest cell', () => {
    const table = {
      title: 'Start',
      head: ['', 'ms'],
      rows: [
        ['billetera', '1,294'],
        ['peer', '90'],
      ],
      note: 'Once.',
    };
    assert.equal(
      textTable(table),
      ['Start', '', '               ms', '─────────────────', 'billetera   1,294', 'peer           90', '', 'Once.', ''].join(
        '\n',
      ),
    );
  });

  test('in Markdown, numbers are on the right, and a cell cannot end its column', () => {
    assert.equal(markdownTable({ head: ['', 'ms'], rows: [['a|b', '1']] }), '|  | ms |\n|---|---:|\n| a\\|b | 1 |\n');
  });

  test('aims say in which direction, in which unit and if they are reached', () => {
    const [table] = aimsTables([
      { name: 'rate', value: 0.61, better: 'higher', aim: 0.85 },
      { name: 'time', value: 118, better: 'lower', unit: 'ms', aim: 120 },
      { name: 'other', value: 1, better: 'lower' },
    ]);
    assert.deepEqual(table.rows, [
      ['rate', '0.61', 'at least 0.85', 'no'],
      ['time', '118.00 ms', 'at most 120.00 ms', 'yes'],
    ]);
    assert.deepEqual(aimsTables([]), []);
  });
});

describe('documents', () => {
  const begin = '<!-- benchmark: npm run bench -- --write writes these lines -->';
  const end = '<!-- /benchmark -->';

  test('only what is between the marks is replaced, again and again', () => {
    const written = withTables(`a\n\n${begin}\n\n${end}\n\nb\n`, 'table\n', 'x.md');
    assert.equal(written, `a\n\n${begin}\n\ntable\n\n${end}\n\nb\n`);
    assert.equal(withTables(written, 'table\n', 'x.md'), written);
  });

  test('a document without both marks is an error that names the lines', () => {
    for (const text of ['', begin, `${begin}\n`, `x\n${end}`, `${begin}\n\n${end}\n${begin}\n\n${end}\n`])
      assert.throws(
        () => withTables(text, 'table', 'x.md'),
        /^Error: x\.md has no place for the tables; .+<!-- \/benchmark -->$/,
      );
  });

  test('README.md and docs/benchmark.md have a place for the tables', checkDocuments);

  test('both name version, day and machine', () => {
    const results = resultsOf([{ name: 'rate', value: 0.61, better: 'higher', aim: 0.85 }]);
    const origin = 'billetera 1.2.3 and peer 8, measured on 2026-05-04: Abacus 9, 2 cores, 8 GB, Linux 6.1, Node v20.20.2.\n';
    assert.equal(
      summaryOf(results, [startPart]),
      `|  | measured | compared |\n|---|---|---|\n| ready after | 294 ms | 1.45 of a bare Fastify |\n\n${origin}`,
    );
    assert.equal(
      allTablesOf(results, [startPart]),
      `${origin}\n### Start\n\n|  | ms |\n|---|---:|\n| billetera | 294 |\n\nOnce.\n\n` +
        '### Aims\n\n|  | measured | aim | reached |\n|---|---:|---:|---:|\n| rate | 0.61 | at least 0.85 | no |\n',
    );
  });

  test('they say if other programs used the machine', () => {
    const written = summaryOf(resultsOf([], { loadOfOthers: 3.14 }), [startPart]);
    assert.match(written, /Node v20\.20\.2\. Other programs used the machine \(load 3\.1\)\.\n$/);
  });
});
