import { quote, type Text, text } from '../texts/text.js';

/** The parties that can revoke a grant. A grant stores one of these. */
export const revokers = ['revoker-client', 'revoker-tester', 'revoker-user', 'revoker-consent', 'revoker-removed-app'] as const;

export type Revoker = (typeof revokers)[number];

/** Names the party that revoked a grant, in words. Data that an older version stored has the words instead. */
export function revokerText({ revokedBy = '', clientId }: { revokedBy?: string; clientId: string }): Text {
  const revoker = revokers.find((known) => known === revokedBy);
  if (revoker === undefined) return quote(revokedBy);
  return revoker === 'revoker-client' ? text(revoker, { clientId }) : text(revoker);
}
