import type { Decision } from '../engine/authorization.js';
import { jsapiError, scopeError } from '../engine/jsapi-errors.js';
import type { Tenant } from '../tenants/tenant.js';

/** A form as it is posted: a name that comes several times is a list. */
export type Form = Record<string, string | string[] | undefined>;

/** What a tester asked for in the drawer of the consent screen. */
export interface DrawerAnswer {
  error?: number;
  /** Seconds of the machine's time. */
  delay?: number;
  /** Scope → code. */
  refuse: Record<string, string>;
  /** From now on, for this user, without a screen. */
  always: boolean;
}

const longestDelay = 600;

/** Reads the drawer's part of the consent form; everything in it that makes no sense counts as left alone. */
export function readDrawer({ error, delay, refuse, refuseCode, always }: Form): DrawerAnswer {
  const seconds = Number(delay);
  const scopes = refuse === undefined ? [] : [refuse].flat();
  return {
    ...(typeof error === 'string' && /^\d{1,5}$/.test(error) && { error: Number(error) }),
    ...(seconds > 0 && { delay: Math.min(seconds, longestDelay) }),
    refuse: Object.fromEntries(
      scopes.map((scope) => [
        scope,
        typeof refuseCode === 'string' && /^\d{1,5}$/.test(refuseCode) ? refuseCode : scopeError.refused,
      ]),
    ),
    always: always === 'on',
  };
}

/** Lays the drawer over what the buttons say. */
export function applyDrawer(decision: Decision, { error, refuse }: DrawerAnswer): Decision {
  if (error !== undefined) return { decision: 'fail', error };
  if (decision.decision === 'cancel' || decision.decision === 'fail') return decision;
  return { ...decision, refuse: { ...decision.refuse, ...refuse } };
}

/** Makes what was done on the screen this user's behaviour: the fixtures of a tester who writes none. */
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
