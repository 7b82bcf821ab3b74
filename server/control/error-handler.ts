import type { FastifyError, FastifyInstance } from 'fastify';
import { ControlError } from './control-error.js';

/** Answers every error as `{ error, message }`. */
export function answerErrorsInJson(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | ControlError, request, reply) => {
    const failure = error instanceof ControlError ? error : fastifyFailure(error);
    if (failure.statusCode >= 500) request.log.error(error);
    request.change = { reason: failure.message };
    return reply.status(failure.statusCode).send({ error: failure.error, message: failure.message });
  });
}

function fastifyFailure(error: FastifyError): ControlError {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new ControlError(413, 'too-large', 'the body is too large; the limit is 1 MiB, for a snapshot 256 MiB');
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new ControlError(415, 'media-type', 'the header Content-Type is not valid; use application/json');
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new ControlError(error.statusCode, 'invalid', error.message);
  return new ControlError(500, 'failed', 'the emulator failed on this request; the log has the stack trace. Please report it');
}
