// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import { jsapiError } from '../engine/jsapi-errors.js';
import type { ScenarioRecord } from './schema.js';

/** The parts of the library, in the order of the page. */
export const libraryGroups = ['user', 'tokens', 'answers', 'network', 'signature'] as const;

/**
 * A ready-made scenario for every wallet: it uses the engine's outcomes, not a wallet's result codes. The locales have its title, what
 * happens, what a good integration does then, and words that people search for (`library.<name>`).
 */
export interface LibraryScenario {
  name: string;
  group: (typeof libraryGroups)[number];
  scenario: Omit<ScenarioRecord, 'id'>;
}

/** The most frequent failures. */
export const library: readonly LibraryScenario[] = [
  { name: 'user-refuses', group: 'user', scenario: { then: { consent: 'deny' } } },
  { name: 'user-refuses-one-scope', group: 'user', scenario: { then: { consent: 'grant', denyScopes: ['USER_NAME'] } } },
  { name: 'user-closes', group: 'user', scenario: { then: { consent: 'cancel' } } },
  { name: 'user-agrees', group: 'user', scenario: { then: { consent: 'grant' } } },
  { name: 'wallet-fails', group: 'user', scenario: { then: { error: jsapiError.system } } },
  {
    name: 'code-expired',
    group: 'tokens',
    scenario: { when: { grantType: 'AUTHORIZATION_CODE' }, then: { result: 'auth-code-expired' } },
  },
  {
    name: 'code-unknown',
    group: 'tokens',
    scenario: { when: { grantType: 'AUTHORIZATION_CODE' }, then: { result: 'auth-code-unknown' } },
  },
  {
    name: 'code-used-twice',
    group: 'tokens',
    scenario: { when: { grantType: 'AUTHORIZATION_CODE' }, then: { result: 'auth-code-used' } },
  },
  {
    name: 'token-dies-at-once',
    group: 'tokens',
    scenario: { when: { grantType: 'AUTHORIZATION_CODE' }, then: { lifetimes: { accessToken: 'PT0S' } } },
  },
  {
    name: 'token-expired',
    group: 'tokens',
    scenario: { when: { operation: 'inquiryUserInfo' }, then: { result: 'access-token-expired' } },
  },
  {
    name: 'token-revoked',
    group: 'tokens',
    scenario: { when: { operation: 'inquiryUserInfo' }, then: { result: 'access-token-unknown' } },
  },
  {
    name: 'refresh-token-stolen',
    group: 'tokens',
    scenario: { when: { grantType: 'REFRESH_TOKEN' }, then: { result: 'refresh-token-used' } },
  },
  {
    name: 'refresh-token-too-old',
    group: 'tokens',
    scenario: { when: { grantType: 'REFRESH_TOKEN' }, then: { result: 'refresh-token-expired' } },
  },
  { name: 'platform-signs-wrongly', group: 'signature', scenario: { then: { fault: 'bad-signature' } } },
  { name: 'platform-does-not-sign', group: 'signature', scenario: { then: { fault: 'no-signature' } } },
  { name: 'old-answer', group: 'signature', scenario: { then: { fault: 'stale-response-time' } } },
  { name: 'platform-down', group: 'network', scenario: { then: { status: 503, body: 'Service Unavailable' } } },
  { name: 'slow-platform', group: 'network', scenario: { then: { delay: { min: 'PT2S', max: 'PT5S', seed: 1 } } } },
  { name: 'no-answer', group: 'network', scenario: { when: { operation: 'applyToken' }, then: { fault: 'hang' } } },
  { name: 'connection-breaks', group: 'network', scenario: { when: { operation: 'applyToken' }, then: { fault: 'reset' } } },
  { name: 'answer-cut-off', group: 'network', scenario: { when: { operation: 'applyToken' }, then: { fault: 'truncate' } } },
  { name: 'answer-garbled', group: 'network', scenario: { when: { operation: 'applyToken' }, then: { fault: 'garbage' } } },
  { name: 'traffic-limit', group: 'answers', scenario: { then: { result: 'traffic-exceeded' } } },
  {
    name: 'merchant-suspended',
    group: 'answers',
    scenario: { then: { result: 'client-suspended', error: jsapiError.notPermitted } },
  },
  { name: 'signature-refused', group: 'answers', scenario: { then: { result: 'signature-invalid' } } },
  { name: 'unknown-exception', group: 'answers', scenario: { then: { result: 'exception-unknown' } } },
  { name: 'platform-fails', group: 'answers', scenario: { then: { result: 'process-failed' } } },
];

/** Finds a scenario of the library by its name. */
export function libraryScenario(name: string): LibraryScenario | undefined {
  return library.find((known) => known.name === name);
}
