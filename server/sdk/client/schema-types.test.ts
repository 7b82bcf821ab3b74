import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Static, TObject } from 'typebox';
import type { Filter, ListQuery } from '../../control/journal-entries.js';
import type * as authCodes from '../../control/routes/auth-codes.js';
import type * as authorizations from '../../control/routes/authorizations.js';
import type * as clock from '../../control/routes/clock.js';
import type * as consents from '../../control/routes/consents.js';
import type { WhichTokens } from '../../control/routes/expire-and-revoke.js';
import type { Finding } from '../../control/routes/findings.js';
import type { InspectedToken } from '../../control/routes/inspect-token.js';
import type { Wait } from '../../control/routes/journal.js';
import type * as scenarios from '../../control/routes/scenarios.js';
import type * as signatures from '../../control/routes/signatures.js';
import type * as tokens from '../../control/routes/tokens.js';
import type { Config } from '../../emulator/config.js';
import type * as journal from '../../journal/entry.js';
import { packageRoot } from '../../package-root.js';
import type { AppRecord, ClientRecord, UserRecord } from '../../records/schema.js';
import type { ScenarioRecord, Then, When } from '../../scenarios/schema.js';
import type { Duration, Lifetimes } from '../../schemas/common.js';
import type { SettingsRecord } from '../../tenants/settings.js';
import type { Snapshot } from '../../tenants/snapshot-schema.js';
import type * as sdk from '../index.js';

type NewScenario = Static<typeof scenarios.NewScenario>;

/** Each exported type, and what the emulator's schema says. The package's types are written by hand, so that users do not need typebox. */
interface Pairs {
  App: [sdk.App, AppRecord];
  AuthCode: [sdk.AuthCode, Static<typeof authCodes.AuthCode>];
  AuthCodeRequest: [sdk.AuthCodeRequest, Static<typeof authCodes.AuthCodeRequest>];
  Authorization: [sdk.Authorization, Static<typeof authorizations.Authorization>];
  AuthorizationFilter: [sdk.AuthorizationFilter, Static<typeof authorizations.AuthorizationFilter>];
  AuthorizationWithSteps: [sdk.AuthorizationWithSteps, Static<typeof authorizations.AuthorizationWithSteps>];
  Behaviour: [sdk.Behaviour, NonNullable<UserRecord['behaviour']>];
  Client: [sdk.Client, ClientRecord];
  ClockState: [sdk.ClockState, Static<typeof clock.Clock>];
  Consent: [sdk.Consent, Static<typeof consents.Consent>];
  ConsentChanges: [sdk.ConsentChanges, Static<typeof consents.ConsentChanges>];
  ContentComparison: [sdk.ContentComparison, Static<TObject<typeof journal.ContentComparison>>];
  Duration: [sdk.Duration, Static<typeof Duration>];
  EmulatorOptions: [sdk.EmulatorOptions, Partial<Omit<Config, 'watch' | 'tlsOnly'>>];
  Entry: [sdk.Entry, journal.PresentedEntry];
  EntryFilter: [sdk.EntryFilter, Static<typeof Filter>];
  ListFilter: [sdk.ListFilter, Static<typeof ListQuery>];
  Finding: [sdk.Finding, Static<typeof Finding>];
  InspectedToken: [sdk.InspectedToken, Static<typeof InspectedToken>];
  IssuedTokens: [sdk.IssuedTokens, Static<typeof tokens.IssuedTokens>];
  LibraryScenario: [sdk.LibraryScenario, Static<typeof scenarios.LibraryScenario>];
  LibraryScenarioUse: [sdk.LibraryScenarioUse, NewScenario & { library: string }];
  Lifetimes: [sdk.Lifetimes, Static<typeof Lifetimes>];
  Message: [sdk.Message, Static<typeof journal.PresentedMessage>];
  NewConsent: [sdk.NewConsent, Static<typeof consents.ConsentRequest>];
  RecordedFacts: [sdk.RecordedFacts, journal.RecordedFacts];
  RunningCall: [sdk.RunningCall, journal.PresentedRunningCall];
  RunningScenario: [sdk.RunningScenario, Static<typeof scenarios.Running>];
  Scenario: [sdk.Scenario, ScenarioRecord];
  Settings: [sdk.Settings, SettingsRecord];
  SignatureExplanation: [sdk.SignatureExplanation, Static<typeof signatures.Explanation>];
  SignatureMistake: [sdk.SignatureMistake, Static<typeof journal.PresentedMistake>];
  SignedCall: [sdk.SignedCall, Static<typeof signatures.SignedCall>];
  WrittenCall: [sdk.WrittenCall, Static<typeof signatures.WrittenCall>];
  /** Opaque to users: they get one and give it back. */
  Snapshot: [sdk.Snapshot, Accepts<sdk.Snapshot, Snapshot>];
  Then: [sdk.Then, Then];
  Token: [sdk.Token, Static<typeof tokens.Token>];
  TokenRequest: [sdk.TokenRequest, Static<typeof tokens.TokenRequest>];
  User: [sdk.User, UserRecord];
  /** The client accepts the fields of `match` without `match` too. */
  WaitFor: [sdk.WaitFor, Partial<Static<typeof Wait>> & sdk.EntryFilter];
  When: [sdk.When, Static<typeof When>];
  WhichTokens: [sdk.WhichTokens, Static<typeof WhichTokens>];
}

type Accepts<One, Other> = Other extends One ? One : never;

/** The same type without interfaces and intersections, so that two spellings of it are identical. */
type Plain<Type> = Type extends (infer Item)[]
  ? Plain<Item>[]
  : Type extends object
    ? { [Field in keyof Type]: Plain<Type[Field]> }
    : Type;

/** True if two types are identical. Assignability is not enough: an optional field that one of them lacks would go unnoticed. */
type Identical<One, Other> = (<Type>() => Type extends One ? 1 : 2) extends <Type>() => Type extends Other ? 1 : 2 ? true : false;

/** An error here means that the named type of sdk/client differs from the schema: change the one that is wrong. */
const compared: { [Name in keyof Pairs]: Identical<Plain<Pairs[Name][0]>, Plain<Pairs[Name][1]>> } = {
  App: true,
  AuthCode: true,
  AuthCodeRequest: true,
  Authorization: true,
  AuthorizationFilter: true,
  AuthorizationWithSteps: true,
  Behaviour: true,
  Client: true,
  ClockState: true,
  Consent: true,
  ConsentChanges: true,
  ContentComparison: true,
  Duration: true,
  EmulatorOptions: true,
  Entry: true,
  EntryFilter: true,
  Finding: true,
  InspectedToken: true,
  IssuedTokens: true,
  LibraryScenario: true,
  LibraryScenarioUse: true,
  Lifetimes: true,
  ListFilter: true,
  Message: true,
  NewConsent: true,
  RecordedFacts: true,
  RunningCall: true,
  RunningScenario: true,
  Scenario: true,
  Settings: true,
  SignatureExplanation: true,
  SignatureMistake: true,
  SignedCall: true,
  WrittenCall: true,
  Snapshot: true,
  Then: true,
  Token: true,
  TokenRequest: true,
  User: true,
  WaitFor: true,
  When: true,
  WhichTokens: true,
};

/** Types without a schema: objects with methods, type functions, and what only the client reads. */
const withoutSchema = ['Call', 'CallerOptions', 'Clock', 'ConnectOptions', 'Merge', 'Records', 'Wallet'];

test('each type that the client exports is compared with a schema', () => {
  const folder = join(packageRoot, 'dist', 'sdk', 'client');
  const exported = readdirSync(folder)
    .filter((file) => file.endsWith('.d.ts') && !file.endsWith('.test.d.ts'))
    .flatMap((file) => Array.from(readFileSync(join(folder, file), 'utf8').matchAll(/^export (?:interface|type) (\w+)/gm)))
    .map(([, name]) => name);
  assert.deepEqual(exported.sort(), [...Object.keys(compared), ...withoutSchema].sort());
});
