import type { EngineEvent } from '../engine/events.js';
import type { JsapiSource } from './jsapi-schema.js';
import type { OperationSource } from './operation-schema.js';

// The variables that a tree of a profile may use, for each kind of tree. `$user.nickName` uses the variable `user`.

const tokenPair = ['accessToken', 'accessTokenExpiresAt', 'refreshToken', 'refreshTokenExpiresAt'];

const byVerb: Readonly<Record<OperationSource['verb'], readonly string[]>> = {
  exchange: [...tokenPair, 'customerId', 'user', 'userInfo', 'grant'],
  'read-user': ['user', 'userInfo', 'grant'],
  'read-declared': ['user', 'userInfo', 'grant'],
  answer: ['client', 'now'],
  revoke: ['grant'],
  start: ['authUrl', 'authId', 'client'],
  'issue-code': ['authCode', 'user'],
};

export function responseVariables({ verb, tokens }: OperationSource): readonly string[] {
  return [...(tokens === 'any' ? [...tokenPair, 'tokenStatus', 'user', 'grant'] : byVerb[verb]), 'request'];
}

export const scopeReadVariables: readonly string[] = ['user'];

export function jsapiAnswerVariables({ verb }: JsapiSource): readonly string[] {
  return verb === 'answer' ? ['user', 'app'] : ['authCode', 'authSuccessScopes', 'authErrorScopes'];
}

export const jsapiFailureVariables: readonly string[] = ['code', 'error', 'errorMessage', 'authErrorScopes'];

/** `$secondaryMerchantId` is the client's own id if the authorization names no secondary merchant. */
export const notificationVariables: Readonly<Record<EngineEvent['name'], readonly string[]>> = {
  'auth-code-created': ['client', 'secondaryMerchantId', 'authCode', 'state'],
  'token-created': ['client', 'secondaryMerchantId', 'accessToken', 'user', 'userInfo'],
  'token-canceled': ['client', 'secondaryMerchantId', 'accessToken', 'user', 'userInfo', 'reason'],
};
