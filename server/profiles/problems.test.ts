import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ProblemList } from '../files/problem-list.js';
import { packageRoot } from '../package-root.js';
import { builtInFixtures } from '../records/fixtures.js';
import { scratchFolder } from '../testing/emulator.js';
import { loadProfile } from '../testing/profile.js';
import { englishWords, wordsOf } from '../testing/spanish-texts.js';
import { placeAndProblem, TextError } from '../texts/text-error.js';
import { inLanguage } from '../texts/write-text.js';
import { Profiles } from './profiles.js';

const operation = (own: object) => ({
  operations: { own: { verb: 'answer', paths: ['/own'], request: {}, response: {}, ...own } },
});
const request = (fields: object) => operation({ request: fields });
const response = (a: unknown) => operation({ response: { a } });
const sources = (own: object) => ({ sources: { codes: [own] } });
const signed = (content: string) => ({ signature: { request: content } });

/** Code of a problem → a profile that has it, and the place of the problem in the file. */
const cases: Record<string, [changes: object, place: string]> = {
  'verb-wrong': [operation({ with: 'user-info' }), 'operations.own.with'],
  'request-field-missing': [operation({ verb: 'revoke' }), 'operations.own.request.accessToken'],
  'credential-field-missing': [operation({ verb: 'exchange' }), 'operations.own.request.authCode'],
  'required-wrong': [operation({ verb: 'revoke', request: { accessToken: {} } }), 'operations.own.request.accessToken.required'],
  'engine-name-unknown': [request({ a: { as: 'b' } }), 'operations.own.request.a.as'],
  'field-type-wrong': [request({ scopes: { type: 'any' } }), 'operations.own.request.scopes.type'],
  'condition-field-wrong': [request({ a: {}, b: { required: { c: 'x' } } }), 'operations.own.request.b.required'],
  'condition-impossible': [request({ a: { required: { a: 'x' } } }), 'operations.own.request.a.required'],
  'pattern-wrong': [request({ a: { pattern: '(' } }), 'operations.own.request.a.pattern'],
  'aliases-unusable': [request({ a: { type: 'any', aliases: { b: 'c' } } }), 'operations.own.request.a.aliases'],
  'value-not-accepted': [request({ a: { enum: ['b'], default: 'c' } }), 'operations.own.request.a.default'],
  'default-empty': [request({ a: { default: '' } }), 'operations.own.request.a.default'],
  'path-taken': [operation({ paths: ['/v2/authorizations/applyToken'] }), 'operations.own.paths'],
  'path-reserved': [operation({ paths: ['/reserved/own'] }), 'operations.own.paths'],
  'consent-missing': [{ scopes: { OWN: {} } }, 'scopes.OWN.consent'],
  'profile-scope-unknown': [{ scopes: { OWN: { alias: 'NONE' } } }, 'scopes.OWN.alias'],
  'profile-scopes-unknown': [{ scopes: { OWN: { consent: 'asked', covers: ['NONE'] } } }, 'scopes.OWN.covers'],
  'covers-circular': [{ scopes: { USER_NAME: { covers: ['auth_user'] } } }, 'scopes.auth_user.covers'],
  'scenario-code-taken': [{ scenarioCodes: { done: { status: 'S' } } }, 'scenarioCodes.done'],
  'mark-unknown': [{ brand: { mark: 'none.svg' } }, 'brand.mark'],
  'reference-wrong': [response('$'), 'operations.own.response.a'],
  'variable-unknown': [response('$user'), 'operations.own.response.a'],
  'converter-unknown': [response('$now | none'), 'operations.own.response.a'],
  'keyword-unknown': [response({ $map: 1 }), 'operations.own.response.a.$map'],
  'tree-field-unknown': [response({ $from: '$now', $enum: {}, more: 1 }), 'operations.own.response.a.more'],
  'item-missing': [response({ $each: '$request' }), 'operations.own.response.a.$item'],
  'order-wrong': [response({ $each: '$request', $item: '$item', $order: [] }), 'operations.own.response.a.$order'],
  'enum-wrong': [response({ $from: '$now', $enum: 1 }), 'operations.own.response.a.$enum'],
  'content-without-body': [signed('{method}'), 'signature.request'],
  'content-with-bodies': [signed('{body}{body}'), 'signature.request'],
  'content-name-unknown': [signed('{host}{body}'), 'signature.request'],
  'source-detail-wrong': [sources({ kind: 'inferred', page: 'A page' }), 'sources.codes.0.page'],
  'source-detail-missing': [sources({ kind: 'seen' }), 'sources.codes.0.client'],
  'profile-name-wrong': [{ name: 'yours' }, 'name'],
  'extends-unknown': [{ extends: 'none' }, 'extends'],
  'extends-itself': [{ extends: 'mine' }, 'extends'],
};

function errorOf(step: () => unknown): TextError {
  try {
    step();
  } catch (error) {
    assert.ok(error instanceof TextError, String(error));
    return error;
  }
  return assert.fail('the profile is valid');
}

/** Checks the code of a problem, the places before it, and that the Spanish sentence has the same places and no English words. */
function checkProblem({ text, message }: TextError, code: string, places: readonly string[]): void {
  let sentence = text;
  for (const expected of places) {
    const { place, problem } = placeAndProblem(sentence);
    assert.equal(place, expected);
    sentence = problem;
  }
  assert.equal(sentence.code, code);
  const spanish = inLanguage(text, 'es');
  const before = places.map((place) => `${place}: `).join('');
  assert.ok(message.startsWith(before) && spanish.startsWith(before), spanish);
  assert.notEqual(spanish, message);
  assert.doesNotMatch(wordsOf(spanish.slice(before.length)), englishWords);
}

describe('each problem of a profile has its place, and is told in Spanish too', () => {
  for (const [code, [changes, place]] of Object.entries(cases))
    test(code, () => {
      const { folder, get } = loadProfile(changes);
      checkProblem(errorOf(get), code, [join(folder, 'mine.json'), place]);
    });

  test('profile-missing', () => {
    const path = join(scratchFolder(), 'none.json');
    checkProblem(
      errorOf(() => loadProfile({}).get(path)),
      'profile-missing',
      [path],
    );
  });

  test('profile-name-changed', () => {
    const path = join(scratchFolder(), 'mine.json');
    const write = (name: string) => writeFileSync(path, JSON.stringify({ extends: 'platform-v2', name, title: 'Mine' }));
    write('mine');
    const profiles = new Profiles([join(builtInFixtures, 'wallets')], () => '');
    profiles.open(path);
    write('yours');
    const problems = new ProblemList();
    profiles.readAgain(problems);
    checkProblem(
      errorOf(() => problems.throwIfAny()),
      'profile-name-changed',
      [path, 'name'],
    );
  });

  test('no problem is left out here', () => {
    const { problems } = JSON.parse(readFileSync(join(packageRoot, 'docs', 'guides', 'messages', 'profile.json'), 'utf8'));
    const tested = [...Object.keys(cases), 'profile-missing', 'profile-name-changed'];
    // The mistakes of a regular expression are parts of pattern-wrong. pattern-problem.test.ts has them.
    const whole = Object.keys(problems).filter((code) => code === 'pattern-wrong' || !code.startsWith('pattern-'));
    assert.deepEqual(tested.sort(), whole.sort());
  });
});

test('several problems, and what a field expects, are told in one sentence, in Spanish too', () => {
  const { folder, get } = loadProfile({ strict: 'yes', timeOffset: '5' });
  const error = errorOf(get);
  assert.match(error.message, /mine\.json: timeOffset: expected .* \(and 1 more problem\)$/);
  const offset = 'timeOffset: se esperaba un texto: la diferencia con UTC, de -14:00 a +14:00, como -05:00';
  assert.ok(inLanguage(error.text, 'es').startsWith(`${join(folder, 'mine.json')}: ${offset}`), inLanguage(error.text, 'es'));
  assert.doesNotMatch(wordsOf(inLanguage(error.text, 'es')), englishWords);
});
