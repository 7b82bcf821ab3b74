import type { User } from './parties.js';
import type { Revoker } from './revoker.js';
import type { AuthCode, Grant } from './store.js';

/** The events that a merchant may be notified of. */
export const eventNames = ['auth-code-created', 'token-created', 'token-canceled'] as const;

/** A code was issued, a code was exchanged for tokens, or a grant was revoked. */
export type EngineEvent =
  | { name: 'auth-code-created'; code: AuthCode }
  | { name: 'token-created'; grant: Grant; accessToken: string; user: User; baseUrl?: string }
  | { name: 'token-canceled'; grant: Grant; accessToken: string | undefined; by: Revoker };
