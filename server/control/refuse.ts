import { METHODS } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { ControlError, unknown } from './control-error.js';

/** Every refusal is `{ error, message }`. */
export function refuseInJson(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | ControlError, request, reply) => {
    const failure = error instanceof ControlError ? error : fastifyFailure(error);
    if (failure.statusCode >= 500) request.log.error(error);
    request.change = { reason: failure.message };
    return reply.status(failure.statusCode).send({ error: failure.error, message: failure.message });
  });
}

function fastifyFailure(error: FastifyError): ControlError {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new ControlError(413, 'too-large', 'the body: expected a shorter one (1 MiB at most, a snapshot 256 MiB)');
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new ControlError(415, 'media-type', 'the header Content-Type: expected application/json');
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new ControlError(error.statusCode, 'invalid', error.message);
  return new ControlError(500, 'failed', 'the emulator failed on this request: its log says why; please report it');
}

/**
 * Takes every path below /_emulator that is no route, before its body is read.
 * @param routes all that there are
 */
export function refuseUnknownPaths(app: FastifyInstance, routes: readonly RouteOptions[]): void {
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method) && method !== 'CONNECT') app.addHttpMethod(method, { hasBody: true });
  }
  for (const url of ['/_emulator', '/_emulator/*']) {
    app.route({
      method: app.supportedMethods,
      url,
      schema: { hide: true },
      config: { reads: true },
      onRequest: async (request, reply) => {
        const methods = methodsAt(routes, request);
        const called = `${request.method} ${pathOf(request)}`;
        if (methods.length === 0)
          throw unknown(`${called}: there is nothing here; GET /_emulator/openapi.json says what there is`);
        reply.header('allow', methods.join(', '));
        throw new ControlError(405, 'method-not-allowed', `${called}: expected ${methods.join(' or ')}`);
      },
      handler: () => undefined,
    });
  }
}

function methodsAt(routes: readonly RouteOptions[], request: FastifyRequest): string[] {
  const path = pathOf(request);
  const here = routes.filter(({ url }) => new RegExp(`^${url.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`).test(path));
  return [...new Set(here.flatMap(({ method }) => method))].sort();
}

function pathOf({ url }: FastifyRequest): string {
  return (url.split('?')[0] ?? '').slice(0, 200);
}
