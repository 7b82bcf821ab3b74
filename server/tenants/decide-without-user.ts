import type { AuthorizationRequest, Decision } from '../engine/authorization.js';
import type { WantedScopes } from '../engine/scopes.js';
import type { UserEntry } from '../records/entries.js';
import type { Tenant } from './tenant.js';

/** The decision on an authorization without a screen. */
export interface DecisionWithoutUser {
  wanted: WantedScopes;
  /** Absent: the user must be asked. */
  decision?: Decision;
}

/** An answer in the user's place, from a scenario or from the user's behaviour. */
export interface PresetAnswer {
  /** Absent: the setting applies. */
  consent?: 'ask' | 'grant' | 'deny' | undefined;
  /** Scope → error code, for scopes that are refused even if the rest is granted. */
  refuse: Readonly<Record<string, string>>;
  /** The error number with which the JSAPI fails. */
  error?: number | undefined;
  errorMessage?: string;
}

export interface DecideOptions {
  /** True if earlier consents count; default: the tenant's setting. */
  remember?: boolean;
  /** A scenario's answer; default: the user's behaviour. */
  preset?: PresetAnswer | undefined;
}

/**
 * Sorts the requested scopes, and decides as far as possible without the user. These decide, the first that applies: the scenario,
 * the user's behaviour, the setting, and the rule that no screen is shown if there is nothing to ask. A refusal by any of them
 * overrides earlier consent.
 */
export async function decideWithoutUser(
  tenant: Tenant,
  request: AuthorizationRequest & { user: UserEntry },
  { remember = tenant.settings.remember, preset = request.user }: DecideOptions = {},
): Promise<DecisionWithoutUser> {
  const sorted = await tenant.authorizations.sort(request, remember);
  const consent = preset.consent ?? tenant.settings.consent;
  const wanted = askAgain(sorted, (scope) => consent === 'deny' || Object.hasOwn(preset.refuse, scope));
  if (preset.error !== undefined) return { wanted, decision: failWith(preset.error, preset.errorMessage) };
  if (wanted.ask.length === 0) return { wanted, decision: { decision: 'grant' } };
  return consent === 'ask' ? { wanted } : { wanted, decision: { decision: consent, refuse: preset.refuse } };
}

/** Moves the remembered scopes that are refused now back to those that are asked for. */
function askAgain(sorted: WantedScopes, isRefused: (scope: string) => boolean): WantedScopes {
  return {
    ...sorted,
    ask: [...sorted.ask, ...sorted.remembered.filter(isRefused)],
    remembered: sorted.remembered.filter((scope) => !isRefused(scope)),
  };
}

function failWith(error: number, errorMessage: string | undefined): Decision {
  return { decision: 'fail', error, ...(errorMessage !== undefined && { errorMessage }) };
}
