import type { User } from './parties.js';
import type { AuthCode, Grant } from './store.js';

/** What happens in the platform that a merchant may wait for. */
export const eventNames = ['auth-code-created', 'token-created', 'token-canceled'] as const;

/** The user agreed; tokens were made of a code; a line of tokens ended before its time. */
export type EngineEvent =
  | { name: 'auth-code-created'; code: AuthCode }
  | { name: 'token-created'; grant: Grant; accessToken: string; user: User }
  | { name: 'token-canceled'; grant: Grant; accessToken: string | undefined; by: string };
