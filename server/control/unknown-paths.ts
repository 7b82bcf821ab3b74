import { METHODS } from 'node:http';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { ControlError, notFound } from './control-error.js';

/**
 * Answers every other path below /_emulator with 404, and a known path with another method with 405, before the body is read.
 * @param routes all routes of the control API
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
      config: { journaled: false },
      onRequest: async (request, reply) => {
        const methods = methodsAt(routes, request);
        const called = `${request.method} ${pathOf(request)}`;
        if (methods.length === 0) throw notFound(`no route ${called}; see GET /_emulator/openapi.json for all routes`);
        reply.header('allow', methods.join(', '));
        throw new ControlError(405, 'method-not-allowed', `${called} is not allowed; use ${methods.join(' or ')}`);
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
