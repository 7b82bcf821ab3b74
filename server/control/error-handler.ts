import type { FastifyError, FastifyInstance } from 'fastify';
import { sendError } from '../http/send-error.js';
import { storageStatus } from '../http/wait-until-stored.js';
import { StorageError } from '../store/storage-error.js';
import { text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import { ControlError } from './control-error.js';
import { wrongMediaType } from './json-bodies.js';

/** Answers every error as `{ error, message }`. */
export function answerErrorsInJson(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | ControlError, request, reply) => {
    const failure = error instanceof ControlError ? error : fastifyFailure(error, request.headers['content-type']);
    if (failure.statusCode >= 500) request.log.error(error);
    request.change = { reason: failure.text };
    return sendError(reply, failure.statusCode, failure.error, failure.message);
  });
}

/** Errors of Fastify and of the store. @param contentType the request's */
function fastifyFailure(error: FastifyError | StorageError, contentType: string | undefined): ControlError {
  if (error instanceof StorageError) return new ControlError(storageStatus[error.problem], error.problem, error.text);
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ControlError(413, 'too-large', text('request-too-large'));
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return wrongMediaType(contentType);
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new ControlError(error.statusCode, 'invalid', textOf(error));
  return new ControlError(500, 'failed', text('request-failed'));
}
