import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import view from '@fastify/view';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Handlebars from 'handlebars';
import { packageRoot } from '../package-root.js';
import { catalogue, phrase } from './catalogues.js';

const root = join(packageRoot, 'views');

/** Each file in these folders is a partial of that name. A layout is a partial with a block. */
const partialFolders = ['layouts', 'partials'];

/** Sets up the templates, so that every route of the app can send a page. */
export function setUpTemplates(app: FastifyInstance): void {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('eq', (a: unknown, b: unknown) => a === b);
  handlebars.registerHelper('say', say);
  const partials = partialFolders.flatMap((folder) =>
    readdirSync(join(root, folder)).map((file) => [basename(file, '.hbs'), `${folder}/${file}`]),
  );
  app.register(view, {
    engine: { handlebars },
    root,
    production: true,
    options: { partials: Object.fromEntries(partials) },
  });
}

/** Serves the assets of the pages. */
export function serveAssets(app: FastifyInstance): void {
  // The consent screen needs the assets, and users have no control token.
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/assets/')) route.config = { ...route.config, open: true };
  });
  app.register(fastifyStatic, { root: join(root, 'assets'), prefix: '/assets/', decorateReply: true, cacheControl: false });
}

/** The values of a page. Every page needs the first two. */
export interface PageModel {
  lang: string;
  /** The path of the assets, below the tenant. */
  assets: string;
  [name: string]: unknown;
}

/**
 * Sends a page of `views/pages`. Its Content-Security-Policy allows no inline script or style, and only pictures from other hosts.
 * @param framedBy the origins that may frame the page; by default no page may
 * @param formsTo the origins that its forms may lead to, in addition to this emulator
 */
export function sendPage(
  reply: FastifyReply,
  page: string,
  model: PageModel,
  framedBy: readonly string[] = [],
  formsTo: readonly string[] = [],
): Promise<string> {
  const { dir, words } = catalogue(model.lang);
  return reply
    .headers({
      'content-security-policy': [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data: https: http:",
        "connect-src 'self'",
        "frame-src 'self'",
        ["form-action 'self'", ...formsTo].join(' '),
        "base-uri 'none'",
        `frame-ancestors ${framedBy.join(' ') || "'none'"}`,
      ].join('; '),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    .viewAsync(`pages/${page}.hbs`, { ...model, dir, t: words });
}

/** Renders a partial alone, for the live updates of a page. */
export function renderPart(
  app: FastifyInstance,
  partial: string,
  model: { lang: string; [name: string]: unknown },
): Promise<string> {
  return app.view(`partials/${partial}.hbs`, model) as unknown as Promise<string>;
}

function say(key: string, { hash, data }: { hash: Record<string, unknown>; data: { root: PageModel } }): string {
  const text = phrase(catalogue(data.root.lang), key) ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in hash ? String(hash[name]) : whole));
}
