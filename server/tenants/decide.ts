import type { AuthorizationRequest, Decision } from '../engine/authorization.js';
import type { WantedScopes } from '../engine/scopes.js';
import type { UserEntry } from '../records/entries.js';
import type { Tenant } from './tenant.js';

/** What an authorization comes down to before anybody is asked. */
export interface EarlyDecision {
  wanted: WantedScopes;
  /** What is decided without a screen; absent where the user must be asked. */
  decision?: Decision;
}

/** Who decides in the user's place, and how; what is left out is left to the next. */
export interface Rule {
  consent?: 'ask' | 'grant' | 'deny' | undefined;
  /** Scope → code, for what is refused whatever else is granted. */
  refuse: Readonly<Record<string, string>>;
  error?: number | undefined;
  errorMessage?: string;
}

export interface DecideOptions {
  /** Whether consents given before count; the setting says so where it is left out. */
  remember?: boolean;
  /** A scenario's: it comes before the user's behaviour. */
  rule?: Rule | undefined;
}

/**
 * Sorts what is asked for, and lets those decide who need no screen: a scenario, the user's behaviour, then the setting, then that
 * nothing is left to ask. A refusal by any of them outweighs what was agreed to before.
 */
export async function decideWithoutUser(
  tenant: Tenant,
  request: AuthorizationRequest & { user: UserEntry },
  { remember = tenant.settings.remember, rule = request.user }: DecideOptions = {},
): Promise<EarlyDecision> {
  const sorted = await tenant.authorizations.sort(request, remember);
  const consent = rule.consent ?? tenant.settings.consent;
  const reopened = sorted.remembered.filter((scope) => consent === 'deny' || Object.hasOwn(rule.refuse, scope));
  const wanted = {
    ...sorted,
    ask: [...sorted.ask, ...reopened],
    remembered: sorted.remembered.filter((scope) => !reopened.includes(scope)),
  };
  if (rule.error !== undefined) {
    const { error, errorMessage } = rule;
    return { wanted, decision: { decision: 'fail', error, ...(errorMessage !== undefined && { errorMessage }) } };
  }
  if (wanted.ask.length === 0) return { wanted, decision: { decision: 'grant' } };
  return consent === 'ask' ? { wanted } : { wanted, decision: { decision: consent, refuse: rule.refuse } };
}
