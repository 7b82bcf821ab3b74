import fc from 'fast-check';
import type { OutcomeName } from '../engine/outcomes.js';
import type { ProfileSource } from '../profiles/schema.js';
import { fieldChanges } from './field-changes.js';
import type { ProfileChange } from './profile-change.js';
import { userDataChanges } from './user-data-changes.js';

/** A profile that differs from a wallet's in some ways. */
export interface ChangedProfile {
  wallet: string;
  source: ProfileSource;
}

/** The outcomes that the reference client meets. */
const metOutcomes: readonly OutcomeName[] = [
  'done',
  'auth-code-unknown',
  'auth-code-used',
  'refresh-token-unknown',
  'refresh-token-used',
  'refresh-token-expired',
  'access-token-unknown',
  'access-token-expired',
  'auth-client-mismatch',
  'access-denied',
  'client-unknown',
];

const words = ['oauth', 'session', 'grants', 'wallet', 'members', 'open', 'gateway', 'identity', 'partner', 'token'] as const;
const word = fc.constantFrom(...words);
const codeName = fc
  .tuple(fc.constantFrom('ERR', 'E', 'AUTH'), fc.integer({ min: 1000, max: 9999 }))
  .map((parts) => parts.join('_'));

/**
 * Profiles that differ from a wallet's in up to `maxChanges` ways. Every one is valid. They shrink to fewer changes.
 * @param wallets the profiles of the wallets, with all that they extend merged in
 */
export function arbitraryProfile(wallets: readonly ProfileSource[], maxChanges: number): fc.Arbitrary<ChangedProfile> {
  return fc.constantFrom(...wallets).chain((wallet) =>
    fc
      .uniqueArray(arbitraryChange(wallet), { maxLength: maxChanges, selector: ({ what }) => what.split(':')[0] })
      .map((changes) => {
        const source = structuredClone(wallet);
        for (const { apply } of changes) apply(source);
        const words = changes.map(({ what }) => what);
        const shown = () => `${wallet.name} with ${words.length > 0 ? words.join('; ') : 'no changes'}`;
        return { wallet: wallet.name, source, [fc.toStringMethod]: shown };
      }),
  );
}

function arbitraryChange(wallet: ProfileSource): fc.Arbitrary<ProfileChange> {
  return fc.oneof(
    pathChanges(wallet),
    codeChanges(wallet),
    signatureChanges(wallet),
    timeChanges(wallet),
    tokenChanges(wallet),
    ...fieldChanges(wallet),
    ...userDataChanges(wallet),
  );
}

/** A new path ends as the old one, unless the fields of the operation tell what it is. */
function pathChanges({ operations }: ProfileSource): fc.Arbitrary<ProfileChange> {
  const [exchange] = Object.entries(operations).find(([, { verb }]) => verb === 'exchange') ?? [''];
  const renamed = fc.constantFrom(...Object.keys(operations)).chain((name) => {
    const usual = operations[name]?.paths[0]?.split('/').at(-1) ?? name;
    const last = name === exchange ? fc.oneof(word, fc.constant(usual)) : fc.constant(usual);
    return fc.tuple(fc.constant(name), word, word, last);
  });
  const onePath = renamed.map(([name, ...steps]): ProfileChange => {
    const own = `/v3/${steps.join('/')}`;
    return {
      what: `path of ${name}: ${own}`,
      apply: (source) => {
        const taken = Object.values(source.operations).some(({ paths }) => paths.includes(own));
        const operation = source.operations[name];
        if (operation !== undefined && !taken) operation.paths = [own];
      },
    };
  });
  const prefix = fc.constantFrom('/gw', '/partner/open').map(
    (own): ProfileChange => ({
      what: `prefix: ${own}`,
      apply: (source) => {
        source.prefixes = [own];
      },
    }),
  );
  return fc.oneof({ weight: 3, arbitrary: onePath }, { weight: 1, arbitrary: prefix });
}

function codeChanges({ codes }: ProfileSource): fc.Arbitrary<ProfileChange> {
  const renamed = fc.tuple(fc.constantFrom(...metOutcomes), codeName).map(
    ([outcome, code]): ProfileChange => ({
      what: `code of ${outcome}: ${code}`,
      apply: (source) => {
        source.codes[outcome] = { ...(codes[outcome] as (typeof codes)[OutcomeName]), code };
      },
    }),
  );
  const restated = fc.constantFrom(...metOutcomes.filter((outcome) => outcome !== 'done')).map(
    (outcome): ProfileChange => ({
      what: `status of ${outcome}: U or F`,
      apply: (source) => {
        const code = source.codes[outcome] as (typeof codes)[OutcomeName];
        source.codes[outcome] = { ...code, status: code.status === 'U' ? 'F' : 'U' };
      },
    }),
  );
  return fc.oneof({ weight: 3, arbitrary: renamed }, { weight: 1, arbitrary: restated });
}

const requestContents = [
  '{method} {path}\n{clientId}.{time}.{body}',
  '{method}.{path}.{clientId}.{time}.{body}',
  '{clientId}.{time}.{body}',
  '{method} {path}\n{clientId}\n{time}\n{body}',
];
const responseContents = ['{method} {path}\n{clientId}.{time}.{body}', '{clientId}.{time}.{body}', '{path}.{time}.{body}'];

function signatureChanges(_: ProfileSource): fc.Arbitrary<ProfileChange> {
  const field = <Name extends keyof ProfileSource['signature']>(
    name: Name,
    values: fc.Arbitrary<ProfileSource['signature'][Name]>,
  ) =>
    values.map(
      (value): ProfileChange => ({
        what: `signature.${name}: ${JSON.stringify(value)}`,
        apply: (source) => {
          source.signature[name] = value;
        },
      }),
    );
  return fc.oneof(
    field('encoding', fc.constantFrom('percent', 'plain', 'base64url')),
    field('algorithm', fc.constantFrom('RSA256', 'SHA256withRSA', 'RSA-SHA256')),
    field('request', fc.constantFrom(...requestContents)),
    field('response', fc.constantFrom(...responseContents)),
  );
}

function timeChanges(_: ProfileSource): fc.Arbitrary<ProfileChange> {
  const offset = fc.constantFrom('+00:00', '+05:30', '-03:00', '+09:00').map(
    (timeOffset): ProfileChange => ({
      what: `timeOffset: ${timeOffset}`,
      apply: (source) => {
        source.timeOffset = timeOffset;
      },
    }),
  );
  const header = fc.constantFrom('iso' as const, 'epoch-ms' as const).map(
    (time): ProfileChange => ({
      what: `headers.time: ${time}`,
      apply: (source) => {
        source.headers.time = time;
      },
    }),
  );
  const lifetime = fc
    .tuple(fc.constantFrom('accessToken' as const, 'refreshToken' as const), fc.constantFrom('PT20M', 'PT12H', 'P7D', 'P90D'))
    .map(
      ([name, value]): ProfileChange => ({
        what: `lifetime of ${name}: ${value}`,
        apply: (source) => {
          source.lifetimes[name] = value;
        },
      }),
    );
  return fc.oneof(offset, header, lifetime);
}

/** The maximum length of a JWT that a request may have, in characters. */
const maxJwtLength = 2048;

function tokenChanges(_: ProfileSource): fc.Arbitrary<ProfileChange> {
  const length = fc
    .tuple(
      fc.constantFrom('authCode' as const, 'accessToken' as const, 'refreshToken' as const),
      fc.integer({ min: 24, max: 120 }),
    )
    .map(
      ([name, characters]): ProfileChange => ({
        what: `length of ${name}: ${characters}`,
        apply: (source) => {
          source.tokens[name] = { ...source.tokens[name], length: characters };
          allowLength(source, [name], characters);
        },
      }),
    );
  const form = fc.constantFrom('opaque' as const, 'jwt' as const).map(
    (value): ProfileChange => ({
      what: `form of tokens: ${value}`,
      apply: (source) => {
        source.tokens.form = value;
        if (value === 'jwt') allowLength(source, ['accessToken', 'refreshToken'], maxJwtLength);
      },
    }),
  );
  const refresh = fc.boolean().map(
    (ends): ProfileChange => ({
      what: `refreshEndsAccessToken: ${ends}`,
      apply: (source) => {
        source.refreshEndsAccessToken = ends;
      },
    }),
  );
  return fc.oneof(length, form, refresh);
}

/** A platform accepts the codes and tokens that it gives out. */
function allowLength(source: ProfileSource, fields: readonly string[], characters: number): void {
  for (const { request } of Object.values(source.operations))
    for (const [name, field] of Object.entries(request))
      if (fields.includes(field.as ?? name) && field.max !== undefined) field.max = Math.max(field.max, characters);
}
