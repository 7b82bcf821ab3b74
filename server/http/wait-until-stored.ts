import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { StorageError, type StorageProblem } from '../store/storage-error.js';
import type { ControlErrorCode } from './control-error-code.js';
import { sendError } from './send-error.js';
import { endTurns } from './turns.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The reason why the state that the answer tells cannot be stored. */
    storageProblem: StorageError | undefined;
  }
}

/** The HTTP status for state that cannot be stored or read. */
export const storageStatus: Readonly<Record<StorageProblem, number>> = {
  'no-space': 507,
  'not-stored': 503,
  'tenant-unreadable': 503,
};

/**
 * Holds back every answer until everything that its tenant changed is stored: the change of the request itself, and what a read
 * tells. If it cannot be stored, the answer is `{ error, message }`.
 */
export function waitUntilStored(app: FastifyInstance): void {
  app.decorateRequest('storageProblem', undefined);
  app.addHook('onSend', async (request, reply, payload) => {
    endTurns(request);
    try {
      await request.tenant?.settled();
      return payload;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      if (payload instanceof Readable) payload.destroy();
      for (const name of ['content-length', 'content-encoding', 'location']) reply.removeHeader(name);
      request.storageProblem = error;
      reply.status(storageStatus[error.problem]).type('application/json; charset=utf-8');
      return JSON.stringify({ error: error.problem satisfies ControlErrorCode, message: error.message });
    }
  });
}

/** Answers a request whose tenant cannot be read. @throws any error but a StorageError */
export function sendStorageProblem(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof StorageError)) throw error;
  return sendError(reply, storageStatus[error.problem], error.problem, error.message);
}
