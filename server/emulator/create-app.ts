import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { maxIdLength, readAddress } from '../http/address.js';

/** The maximum size of a request body, in bytes. */
const bodyLimit = 1024 * 1024;

/** Creates the app without routes. `createServer` creates the servers that listen for it. */
export function createApp(logger?: FastifyBaseLogger): FastifyInstance {
  return Fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    return503OnClosing: false,
    routerOptions: { maxParamLength: maxIdLength },
    // Our own schemas validate requests, and responses are plain JSON. Fastify's compilers would only slow down the start.
    schemaController: {
      compilersFactory: { buildValidator: () => (() => () => true) as never, buildSerializer: () => () => JSON.stringify },
    },
    rewriteUrl: (request) => routedUrl(request.url ?? '/'),
  }) as unknown as FastifyInstance;
}

/** The URL for the router: without host and tenant, and with every `%` escaped if the path cannot be decoded. */
function routedUrl(target: string): string {
  const { path, query } = readAddress(target);
  try {
    decodeURIComponent(path);
    return path + query;
  } catch {
    return path.replaceAll('%', '%25') + query;
  }
}
