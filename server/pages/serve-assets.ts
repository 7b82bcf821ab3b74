import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { packageRoot } from '../package-root.js';
import { bundleFolder, isBundle } from './asset-links.js';

const assetFolder = join(packageRoot, 'views', 'assets');

/** A year: the longest time that caches are asked to keep a file. */
const forGood = 'public, max-age=31536000, immutable';

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'application/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The bundles that were asked for, compressed. Compressed copies in the package would make it larger by a sixteenth. */
const compressed = new Map<string, Promise<Buffer>>();

/** Serves the assets of the pages. The content of a bundle never changes, because its name has the hash of its content. */
export function serveAssets(app: FastifyInstance): void {
  // Users of the consent screen have no control token, and the bridge loads the screen's files from the mini program's page.
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/assets/')) route.config = { ...route.config, forPages: true, stateless: true };
  });
  app.register(fastifyStatic, {
    root: [bundleFolder, assetFolder].filter((folder) => existsSync(folder)),
    prefix: '/assets/',
    decorateReply: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // Pictures of the fixtures are sent by their own route, which says how long they are kept.
      if (path.startsWith(bundleFolder)) reply.headers({ 'cache-control': forGood, vary: 'accept-encoding' });
      else if (path.startsWith(assetFolder)) reply.header('cache-control', 'no-cache');
      reply.header('access-control-allow-origin', '*');
    },
  });
  app.get('/assets/:file', sendAsset);
}

async function sendAsset(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { file } = request.params as { file: string };
  const accepted = request.headers['accept-encoding'] ?? '';
  if (!isBundle(file) || negotiate(accepted, ['gzip', 'identity']) !== 'gzip') return reply.sendFile(file);
  return reply
    .headers({
      'content-type': contentTypes[extname(file)],
      'content-encoding': 'gzip',
      'cache-control': forGood,
      vary: 'accept-encoding',
      'access-control-allow-origin': '*',
    })
    .send(await compress(file));
}

function compress(file: string): Promise<Buffer> {
  const known = compressed.get(file);
  if (known !== undefined) return known;
  const bytes = readFile(join(bundleFolder, file)).then((content) => promisify(gzip)(content));
  compressed.set(file, bytes);
  return bytes;
}
