import type { FastifyReply } from 'fastify';
import type { ControlErrorCode } from './control-error-code.js';

/**
 * Answers with `{ error, message }`.
 * @param more further fields of the body
 */
export function sendError(
  reply: FastifyReply,
  status: number,
  error: ControlErrorCode,
  message: string,
  more: Record<string, unknown> = {},
): FastifyReply {
  return reply.status(status).send({ error, message, ...more });
}
