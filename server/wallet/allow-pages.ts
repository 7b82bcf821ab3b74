import type { FastifyReply, FastifyRequest } from 'fastify';

/** Lets pages of all origins read the answers of a route. Routes of the bridge have it as their `onRequest` hook, and no others. */
export async function allowPages({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.headers({
    'access-control-allow-origin': headers.origin ?? '*',
    'access-control-allow-headers': 'content-type',
    'access-control-allow-private-network': 'true',
    'access-control-max-age': '600',
    vary: 'Origin',
    'cache-control': 'no-store',
  });
}
