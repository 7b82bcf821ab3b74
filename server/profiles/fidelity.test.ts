import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { scratchFolder } from '../testing/emulator.js';
import { fidelityOf, sourceAddress } from './fidelity.js';
import { Profiles } from './profiles.js';

const wallets = join(packageRoot, 'fixtures', 'wallets');
const builtIn = new Profiles([wallets], () => '');

/** Loads profiles from files: name → content. @returns the last one */
function load(files: Record<string, object>) {
  const folder = scratchFolder();
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  return new Profiles([folder, wallets], () => '').get(Object.keys(files).at(-1) as string).source;
}

function loadOne(content: object) {
  return load({ mine: { extends: 'platform-v2', ...content } });
}

describe('every built-in profile', () => {
  for (const file of readdirSync(wallets)) {
    const { name, sources = {} } = JSON.parse(readFileSync(join(wallets, file), 'utf8'));
    const { source } = builtIn.get(name);

    test(`${name} says itself how each operation is known`, () => {
      assert.deepEqual(Object.keys(sources.operations).sort(), Object.keys(source.operations).sort());
    });

    test(`${name} has an address for each page but the titles of documents, and infers only from profiles`, () => {
      for (const { sources } of fidelityOf(source)) {
        for (const { page, wallet } of sources) {
          if (page !== undefined) assert.match(page, /^https:\/\/\S+$|documentation: |SOP v/);
          if (wallet !== undefined) assert.ok(builtIn.has(wallet) && wallet !== name, wallet);
        }
      }
    });

    test(`${name} does not list what it emulates as not emulated`, () => {
      const paths = [...builtIn.get(name).operations.keys()];
      const emulated = [...paths, ...Object.keys(source.jsapis).map((jsapi) => `my.${jsapi}`), ...Object.keys(source.scopes)];
      for (const missing of Object.keys(sources.notEmulated ?? {})) assert.ok(!emulated.includes(missing), missing);
    });
  }
});

test('lists operations, JSAPIs, scopes and the rest, each with its best source', () => {
  const parts = fidelityOf(builtIn.get('toka').source);
  const find = (name: string) => parts.find(({ names }) => names.includes(name));
  assert.equal(find('applyToken')?.knowledge, 'documented');
  assert.equal(find('getUserDigitalIdentityAuthCode')?.knowledge, 'documented');
  assert.equal(find('USER_KYC_STATUS')?.topic, 'scopes');
  assert.deepEqual([find('my.pay')?.topic, find('my.pay')?.knowledge], ['notEmulated', 'not-emulated']);
  assert.equal(
    parts.find(({ topic }) => topic === 'notifications'),
    undefined,
    'the wallet sends none',
  );
  const scopes = parts.filter(({ topic }) => topic === 'scopes').flatMap(({ names }) => names);
  assert.deepEqual(scopes.sort(), Object.keys(builtIn.get('toka').source.scopes).sort());
});

describe('a profile that extends another', () => {
  const known = {
    documented: [{ kind: 'documented', page: 'https://wallet.example/apply' }],
    seen: [{ kind: 'seen', client: 'a/b' }],
  };
  const parent = {
    extends: 'platform-v2',
    sources: {
      operations: { applyToken: known.documented, revoke: known.seen, prepare: [{ kind: 'inferred', wallet: 'tng' }] },
      codes: known.documented,
      notEmulated: { '/v1/pay': known.seen },
    },
  };

  test('infers what is known of the other one only, and claims nothing of its pages', () => {
    const { sources } = load({ parent, mine: { extends: 'parent' } });
    const fromParent = [{ kind: 'inferred', wallet: 'parent' }];
    const { applyToken, revoke, prepare, inquiryUserInfo } = sources?.operations ?? {};
    assert.deepEqual([applyToken, revoke], [fromParent, fromParent]);
    assert.deepEqual(prepare, [{ kind: 'inferred', wallet: 'tng' }], 'stays inferred from the same wallet');
    assert.deepEqual(inquiryUserInfo, [{ kind: 'inferred', wallet: 'platform-v2' }]);
    assert.deepEqual(sources?.codes, fromParent);
    assert.equal(sources?.notEmulated, undefined);
  });

  test('keeps its own sources, and drops those of what it removes', () => {
    const mine = { extends: 'parent', operations: { revoke: null }, sources: { operations: { applyToken: known.seen } } };
    const { sources } = load({ parent, mine });
    assert.deepEqual(sources?.operations?.applyToken, known.seen);
    assert.equal(sources?.operations?.revoke, undefined);
  });

  test('an operation without a source is inferred', () => {
    const operations = { mine: { verb: 'answer', paths: ['/v2/mine'], request: {}, response: {} } };
    const part = fidelityOf(loadOne({ operations })).find(({ names }) => names.includes('mine'));
    assert.deepEqual([part?.knowledge, part?.sources], ['inferred', []]);
  });
});

describe('sources that are wrong are rejected with their place', () => {
  const cases: [object, RegExp][] = [
    [{ codes: [{ kind: 'guessed' }] }, /sources\.codes\.0\.kind: expected (one of )?documented, seen(, | or )inferred/],
    [{ codes: [{ kind: 'documented' }] }, /sources\.codes\.0\.page: missing; a source that is documented needs it/],
    [{ codes: [{ kind: 'seen' }] }, /sources\.codes\.0\.client: missing/],
    [{ codes: [{ kind: 'seen', client: 'a/b', page: 'x' }] }, /sources\.codes\.0\.page: a source that is seen does not have it/],
    [{ codes: [{ kind: 'seen', client: 'nobody' }] }, /sources\.codes\.0\.client: /],
    [{ codes: [] }, /sources\.codes: /],
    [{ operations: { nothing: [{ kind: 'inferred' }] } }, /sources\.operations\.nothing: expected one of applyToken, /],
    [{ jsapis: { nothing: [{ kind: 'inferred' }] } }, /sources\.jsapis\.nothing: expected one of getAuthCode/],
    [{ scopes: { NOTHING: [{ kind: 'inferred' }] } }, /sources\.scopes\.NOTHING: expected one of \*, /],
    [{ opreations: {} }, /sources: .*opreations|sources\.opreations/],
  ];
  for (const [sources, message] of cases) test(JSON.stringify(sources), () => assert.throws(() => loadOne({ sources }), message));

  test('sources that are no object do not disturb the profiles that extend them', () => {
    for (const sources of ['x', 5, [], { codes: 5 }, { operations: [] }])
      assert.throws(
        () => load({ parent: { extends: 'platform-v2', sources }, mine: { extends: 'parent' } }),
        /parent\.json: .*sources/,
      );
  });
});

test('a source has the address of its page or its repository', () => {
  assert.equal(sourceAddress({ kind: 'documented', page: 'https://a.example/b' }), 'https://a.example/b');
  assert.equal(sourceAddress({ kind: 'documented', page: 'A document' }), undefined);
  assert.equal(sourceAddress({ kind: 'seen', client: 'a/b' }), 'https://github.com/a/b');
  assert.equal(sourceAddress({ kind: 'inferred' }), undefined);
});
