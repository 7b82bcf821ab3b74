import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import { sendError } from '../http/send-error.js';
import { findPictureFolder } from '../records/pictures.js';
import { authorizedApps } from './authorized-apps.js';
import { consent } from './consent.js';
import { jsapi } from './jsapi.js';
import { bridgeScript } from './my-script.js';
import { payment } from './payment.js';
import { webView } from './web-view.js';

export interface WalletOptions {
  /** The folders of the fixtures' pictures. The first one that has a file wins. */
  fixtureFolders: readonly string[];
}

/** The wallet: the bridge script, the bridge's calls, the screens for users, and the pictures of users and mini programs. */
export async function wallet(app: FastifyInstance, { fixtureFolders }: WalletOptions): Promise<void> {
  app.register(bridgeScript);
  app.register(jsapi);
  app.register(webView);
  app.register(async (pages) => {
    pages.register(formbody);
    // Pages with a Cross-Origin-Embedder-Policy can only embed pages that have one too. It is credentialless because users' pictures
    // come from any host.
    pages.addHook('onRequest', async (_request, reply) => {
      reply.headers({ 'cross-origin-embedder-policy': 'credentialless', 'cross-origin-resource-policy': 'cross-origin' });
    });
    pages.register(consent);
    pages.register(payment);
    pages.register(authorizedApps);
  });
  // Merchants' servers and mini programs of any origin fetch avatars.
  app.get<{ Params: { '*': string } }>('/wallet/files/*', { config: { forPages: true } }, async (request, reply) => {
    const file = request.params['*'];
    const root = findPictureFolder(file, fixtureFolders);
    if (root === undefined) return sendError(reply, 404, 'not-found', `the fixtures have no picture ${file}`);
    reply.headers({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      // A file may change. A browser that keeps it checks it again, and a sheet that closes during the check ends it for all pages that
      // show the picture: it vanishes from them.
      'cache-control': 'no-store',
    });
    return reply.sendFile(file, root, { cacheControl: false });
  });
}
