import type { Decision } from '../engine/authorization.js';
import { jsapiError, scopeError } from '../engine/jsapi-errors.js';
import type { Tenant } from '../tenants/tenant.js';

/** A posted form. A name that occurs several times has a list. */
export type Form = Record<string, string | string[] | undefined>;

/** The tester's choices in the drawer of the consent screen. */
export interface DrawerAnswer {
  error?: number;
  /** In seconds of real time. */
  delay?: number;
  /** Scope → code. */
  refuse: Record<string, string>;
  /** Do the same for this user from now on, without a screen. */
  always: boolean;
}

/** In seconds. */
const maxDelay = 600;

/** Reads the drawer's fields of the consent form. Invalid values are ignored. */
export function readDrawer({ error, delay, refuse, refuseCode, always }: Form): DrawerAnswer {
  const seconds = Number(delay);
  const scopes = refuse === undefined ? [] : [refuse].flat();
  return {
    ...(typeof error === 'string' && /^\d{1,5}$/.test(error) && { error: Number(error) }),
    ...(seconds > 0 && { delay: Math.min(seconds, maxDelay) }),
    refuse: Object.fromEntries(
      scopes.map((scope) => [
        scope,
        typeof refuseCode === 'string' && /^\d{1,5}$/.test(refuseCode) ? refuseCode : scopeError.refused,
      ]),
    ),
    always: always === 'on',
  };
}

/** Applies the drawer to the decision of the buttons. */
export function applyDrawer(decision: Decision, { error, refuse }: DrawerAnswer): Decision {
  if (error !== undefined) return { decision: 'fail', error };
  if (decision.decision === 'cancel' || decision.decision === 'fail') return decision;
  return { ...decision, refuse: { ...decision.refuse, ...refuse } };
}

/** Saves a decision as the behaviour of the user who is logged in, as if users.json had it. */
export function saveAsBehaviour(tenant: Tenant, decision: Decision, { delay }: DrawerAnswer): void {
  const user = tenant.currentUser;
  if (user === undefined) return;
  const { lifetimes } = user.record.behaviour ?? {};
  const behaviour = {
    ...(lifetimes && { lifetimes }),
    ...(decision.decision === 'cancel' && { error: jsapiError.cancelled }),
    ...(decision.decision === 'fail' && { error: decision.error }),
    ...((decision.decision === 'grant' || decision.decision === 'deny') && {
      consent: decision.decision,
      scopeErrors: { ...decision.refuse },
    }),
    ...(delay !== undefined && { delay }),
  };
  tenant.put('user', user.userId, { ...user.record, behaviour });
}
