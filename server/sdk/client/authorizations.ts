import type { Entry } from './journal.js';

/** An authorization, from the call that started it to its end. Times are ISO 8601, by the emulator's clock. */
export interface Authorization {
  authorizationId: string;
  clientId: string;
  appId?: string;
  /** Absent until it is known whom the consent screen asks. */
  userId?: string;
  /** The scopes that were asked for. */
  scopes: string[];
  grantedScopes: string[];
  /** Scope → code that says why. */
  refusedScopes: Record<string, string>;
  /**
   * PENDING: the user is asked. GRANTED: there is a code. EXCHANGED: there are live tokens. EXPIRED: the screen, the code or all
   * tokens expired.
   */
  status: 'PENDING' | 'GRANTED' | 'REFUSED' | 'EXCHANGED' | 'EXPIRED' | 'REVOKED';
  startedAt: string;
  codeExpiresAt?: string;
  /** Of the newest tokens. */
  accessTokenExpiresAt?: string;
  refreshTokenExpiresAt?: string;
  revokedAt?: string;
}

export interface AuthorizationWithSteps extends Authorization {
  /** Its calls, in time order. */
  steps: Entry[];
}

/** Selects authorizations. An authorization matches if it matches every field that is given. */
export interface AuthorizationFilter {
  clientId?: string;
  appId?: string;
  userId?: string;
  status?: Authorization['status'];
  /** Default: 100. */
  limit?: number;
}
