import type { FastifyServerOptions } from 'fastify';

/**
 * The compilers of schemas for Fastify. Our own schemas validate requests, and responses are plain JSON. Fastify's compilers would only
 * slow down the start, and the package does not have them (`scripts/bundle-for-node.mjs`).
 */
export const schemaController = {
  compilersFactory: { buildValidator: () => (() => () => true) as never, buildSerializer: () => () => JSON.stringify },
} satisfies FastifyServerOptions['schemaController'];
