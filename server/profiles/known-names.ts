import type { eventNames } from '../engine/events.js';
import type { JsapiSource, OperationSource } from './schema.js';

/** What the trees of a profile may speak of, each kind of tree of its own. */

const pair = ['accessToken', 'accessTokenExpiresAt', 'refreshToken', 'refreshTokenExpiresAt'];

const answers: Readonly<Record<OperationSource['verb'], readonly string[]>> = {
  exchange: [...pair, 'user', 'userInfo', 'grant'],
  'read-user': ['user', 'userInfo', 'grant'],
  'read-declared': ['user', 'userInfo', 'grant'],
  revoke: ['grant'],
  start: ['authUrl', 'authId', 'client'],
  'issue-code': ['authCode', 'user'],
};

export function namesInResponse({ verb, tokens }: OperationSource): readonly string[] {
  return [...(tokens === 'any' ? [...pair, 'tokenStatus', 'user', 'grant'] : answers[verb]), 'request'];
}

export const namesInReads: readonly string[] = ['user'];

export function namesInAnswer({ verb }: JsapiSource): readonly string[] {
  return verb === 'answer' ? ['user', 'app'] : ['authCode', 'authSuccessScopes', 'authErrorScopes'];
}

export const namesInFailure: readonly string[] = ['code', 'error', 'errorMessage', 'authErrorScopes'];

export const namesInNotification: Readonly<Record<(typeof eventNames)[number], readonly string[]>> = {
  'auth-code-created': ['client', 'authCode', 'state'],
  'token-created': ['client', 'accessToken', 'user', 'userInfo'],
  'token-canceled': ['client', 'accessToken', 'user', 'userInfo', 'reason'],
};
