import type { IncomingMessage } from 'node:http';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type Address, maxIdLength, readAddress } from '../http/address.js';
import { schemaController } from '../http/schema-controller.js';
import { collectRoutes } from './collect-routes.js';

/** The maximum size of a request body, in bytes. */
const bodyLimit = 1024 * 1024;

/**
 * Creates the app without routes. `createServer` creates the servers that listen for it.
 * @param basePath the path of `--public-url`, such as `/wallet`; empty if it has none
 */
export function createApp(basePath: string, logger?: FastifyBaseLogger): FastifyInstance {
  let isRoute = (_path: string) => false;
  const app = Fastify({
    // All plugins are ours. On a busy machine, a start that is slow is not a start that failed.
    pluginTimeout: 0,
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    return503OnClosing: false,
    routerOptions: { maxParamLength: maxIdLength },
    schemaController,
    rewriteUrl: (request) => {
      const target = withoutBasePath(request.url ?? '/', basePath, isRoute);
      // All code that reads the target later reads it as if the proxy had removed the base path.
      (request as IncomingMessage & { originalUrl?: string }).originalUrl = target;
      request.address = readAddress(target);
      return routedUrl(request.address);
    },
  }) as unknown as FastifyInstance;
  if (basePath !== '') isRoute = collectRoutes(app);
  return app;
}

/**
 * Removes the base path from a request target. Most proxies have removed it. Others leave it there, and a person may call the emulator
 * without the proxy at an address that a page gave. If a route of the emulator begins like the base path, the route wins.
 */
function withoutBasePath(target: string, basePath: string, isRoute: (path: string) => boolean): string {
  if (basePath === '') return target;
  const { sentPath, query, path } = readAddress(target);
  const rest = sentPath.slice(basePath.length);
  if (!sentPath.startsWith(basePath) || (rest !== '' && !rest.startsWith('/')) || isRoute(path)) return target;
  return (rest || '/') + query;
}

/** The URL for the router: without host and tenant, and with every `%` escaped if the path cannot be decoded. */
function routedUrl({ path, query }: Address): string {
  try {
    decodeURIComponent(path);
    return path + query;
  } catch {
    return path.replaceAll('%', '%25') + query;
  }
}
