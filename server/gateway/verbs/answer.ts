import { text } from '../../texts/text.js';
import type { Verb } from './verb.js';

/** Answers an operation that needs no token, as the profile says. */
export const answer: Verb = async ({ tenant, operation, client }) => ({
  outcome: 'done',
  answer: { client: client.record, now: tenant.clock.now() },
  reason: text('operation-answered', { operation: operation.name }),
});
