import { METHODS } from 'node:http';
import type { FastifyInstance, FastifyRequest, FastifySchema, RouteOptions } from 'fastify';
import { maxIdLength } from '../http/address.js';
import { oneOf } from '../texts/one-of.js';
import { text } from '../texts/text.js';
import { ControlError, notFound } from './control-error.js';

/**
 * Answers every other path below /_emulator before the body is read: a page's path with a slash at the end with a redirect to the page,
 * a known path with another method with 405, and the rest with 404.
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
        const page = pageWithoutEndSlash(routes, request);
        if (page !== undefined) return reply.redirect(request.prefix + page);
        const methods = methodsAt(routes, request);
        const called = `${request.method} ${pathOf(request)}`;
        // The router does not match an id that is longer than its limit.
        if (methods.includes(request.method === 'HEAD' ? 'GET' : request.method))
          throw notFound(text('id-too-long', { max: maxIdLength }));
        if (methods.length === 0) throw notFound(text('route-unknown', { route: called }));
        reply.header('allow', methods.join(', '));
        throw new ControlError(405, 'method-not-allowed', text('method-not-allowed', { route: called, methods: oneOf(methods) }));
      },
      handler: () => undefined,
    });
  }
}

/** The path of the page that a GET means, if the path has a slash at the end that the page does not have. */
function pageWithoutEndSlash(routes: readonly RouteOptions[], request: FastifyRequest): string | undefined {
  if (request.method !== 'GET' || !pathOf(request).endsWith('/')) return undefined;
  const page = pathOf(request).slice(0, -1);
  const isPage = ({ url, schema }: RouteOptions) => url === page && isHtml(schema);
  return routes.some(isPage) ? page : undefined;
}

function isHtml(schema: FastifySchema | undefined): boolean {
  const { produces = [] } = (schema ?? {}) as { produces?: string[] };
  return produces.includes('text/html');
}

function methodsAt(routes: readonly RouteOptions[], request: FastifyRequest): string[] {
  const path = pathOf(request);
  const here = routes.filter(({ url }) => new RegExp(`^${url.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`).test(path));
  return [...new Set(here.flatMap(({ method }) => method))].sort();
}

function pathOf({ url }: FastifyRequest): string {
  return (url.split('?')[0] ?? '').slice(0, 200);
}
