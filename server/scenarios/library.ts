// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import { jsapiError } from '../engine/jsapi-errors.js';
import type { ScenarioRecord } from './schema.js';

/**
 * A ready-made scenario for every wallet: it uses the engine's outcomes, not a wallet's result codes. The locales have its title, what
 * happens, and what a good integration does then (`library.<name>`).
 */
export interface LibraryScenario {
  name: string;
  scenario: Omit<ScenarioRecord, 'id'>;
}

/** The most frequent failures. */
export const library: readonly LibraryScenario[] = [
  { name: 'user-refuses', scenario: { then: { consent: 'deny' } } },
  { name: 'user-refuses-one-scope', scenario: { then: { consent: 'grant', denyScopes: ['USER_NAME'] } } },
  { name: 'user-closes', scenario: { then: { consent: 'cancel' } } },
  { name: 'user-agrees', scenario: { then: { consent: 'grant' } } },
  { name: 'wallet-fails', scenario: { then: { error: jsapiError.system } } },
  { name: 'code-expired', scenario: { when: { grantType: 'AUTHORIZATION_CODE' }, then: { result: 'auth-code-expired' } } },
  { name: 'code-used-twice', scenario: { when: { grantType: 'AUTHORIZATION_CODE' }, then: { result: 'auth-code-used' } } },
  {
    name: 'token-dies-at-once',
    scenario: { when: { grantType: 'AUTHORIZATION_CODE' }, then: { lifetimes: { accessToken: 'PT0S' } } },
  },
  { name: 'token-revoked', scenario: { when: { operation: 'inquiryUserInfo' }, then: { result: 'access-token-unknown' } } },
  { name: 'refresh-token-stolen', scenario: { when: { grantType: 'REFRESH_TOKEN' }, then: { result: 'refresh-token-used' } } },
  {
    name: 'refresh-token-too-old',
    scenario: { when: { grantType: 'REFRESH_TOKEN' }, then: { result: 'refresh-token-expired' } },
  },
  { name: 'platform-signs-wrongly', scenario: { then: { fault: 'bad-signature' } } },
  { name: 'platform-does-not-sign', scenario: { then: { fault: 'no-signature' } } },
  { name: 'old-answer', scenario: { then: { fault: 'stale-response-time' } } },
  { name: 'platform-down', scenario: { then: { status: 503, body: 'Service Unavailable' } } },
  { name: 'slow-platform', scenario: { then: { delay: { min: 'PT2S', max: 'PT5S', seed: 1 } } } },
  { name: 'no-answer', scenario: { when: { operation: 'applyToken' }, then: { fault: 'hang' } } },
  { name: 'connection-breaks', scenario: { when: { operation: 'applyToken' }, then: { fault: 'reset' } } },
  { name: 'answer-cut-off', scenario: { when: { operation: 'applyToken' }, then: { fault: 'truncate' } } },
  { name: 'answer-garbled', scenario: { when: { operation: 'applyToken' }, then: { fault: 'garbage' } } },
  { name: 'traffic-limit', scenario: { then: { result: 'traffic-exceeded' } } },
  { name: 'merchant-suspended', scenario: { then: { result: 'client-suspended', error: jsapiError.notPermitted } } },
  { name: 'unknown-exception', scenario: { then: { result: 'exception-unknown' } } },
  { name: 'platform-fails', scenario: { then: { result: 'process-failed' } } },
];

/** Finds a scenario of the library by its name. */
export function libraryScenario(name: string): LibraryScenario | undefined {
  return library.find((known) => known.name === name);
}
