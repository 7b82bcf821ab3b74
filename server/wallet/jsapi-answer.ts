import type { AuthorizationResult } from '../engine/authorization.js';
import { converterContext } from '../profiles/converters.js';
import type { Jsapi } from '../profiles/profile.js';
import type { Tenant } from '../tenants/tenant.js';

/** The value for the mini program's callback. */
export interface JsapiAnswer {
  ok: boolean;
  result: Record<string, unknown>;
}

/**
 * An authorization's result in the form of the JSAPI that asked, or of my.getAuthCode if the profile gives that JSAPI no form.
 * It never has the userId or a token.
 */
export function authorizationAnswer(
  tenant: Tenant,
  name: string,
  { code, granted, refused, failure }: AuthorizationResult,
): JsapiAnswer {
  const jsapi = tenant.profile.jsapis.get(name);
  if (failure !== undefined) return failureAnswer(tenant, jsapi, failure.error, failure.errorMessage, refused);
  const result = { authCode: code?.authCode, authSuccessScopes: granted, authErrorScopes: refused };
  return { ok: true, result: fill(tenant, jsapi?.answer, result) ?? result };
}

/** A failed call, in the form of the JSAPI that was called. */
export function failureAnswer(
  tenant: Tenant,
  jsapi: Jsapi | undefined,
  error: number,
  errorMessage: string,
  refused: Record<string, string> = {},
): JsapiAnswer {
  const code: number | string = jsapi?.errors[error] ?? jsapi?.errors['*'] ?? error;
  const result = { error: code, errorMessage, ...(Object.keys(refused).length > 0 && { authErrorScopes: refused }) };
  return { ok: false, result: fill(tenant, jsapi?.failure, { ...result, code }) ?? result };
}

/** The answer of a JSAPI that asks the user nothing. */
export function plainAnswer(tenant: Tenant, jsapi: Jsapi | undefined, known: object): JsapiAnswer {
  return { ok: true, result: fill(tenant, jsapi?.answer, known) ?? {} };
}

function fill(tenant: Tenant, tree: Jsapi['answer'], known: object): Record<string, unknown> | undefined {
  return tree?.(
    known,
    converterContext(tenant.profile.source, () => ''),
  ) as Record<string, unknown> | undefined;
}
