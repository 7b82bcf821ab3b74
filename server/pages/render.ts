import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import view from '@fastify/view';
import type { FastifyInstance, FastifyReply } from 'fastify';
import Handlebars from 'handlebars';
import { packageRoot } from '../package-root.js';
import { assetFiles, pictureFile } from './asset-links.js';
import { catalogue, sayIn } from './catalogues.js';
import { type helperNames, useCompiledTemplates } from './compiled-templates.js';

const root = join(packageRoot, 'views');

/** Each file in these folders is a partial of that name. A layout is a partial with a block. */
const partialFolders = ['layouts', 'partials'];

/** Sets up the templates, so that every route of the app can send a page. */
export function setUpTemplates(app: FastifyInstance): void {
  const handlebars = Handlebars.create();
  useCompiledTemplates(handlebars);
  handlebars.registerHelper(helpers);
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

const helpers: Record<(typeof helperNames)[number], Handlebars.HelperDelegate> = {
  breakable,
  codes,
  eq: (a: unknown, b: unknown) => a === b,
  picture,
  say,
  scripts: linkHelper(
    'js',
    (url, attributes) => `<script type="module" fetchpriority="high"${attributes} src="${url}"></script>`,
  ),
  stylesheets: linkHelper('css', (url) => `<link rel="stylesheet" href="${url}">`),
};

/** Lets the lines of a long path break after its slashes, and nowhere in a word. */
function breakable(path: unknown) {
  const parts = String(path ?? '').split('/');
  return new Handlebars.SafeString(parts.map((part) => Handlebars.escapeExpression(part)).join('/<wbr>'));
}

/** Writes the parts of a text that stand between backticks as code. */
function codes(text: unknown) {
  const parts = String(text ?? '').split(/`([^`]+)`/);
  const html = parts.map(Handlebars.escapeExpression).map((part, index) => (index % 2 === 1 ? `<code>${part}</code>` : part));
  return new Handlebars.SafeString(html.join(''));
}

/**
 * Writes the tags that load a page's files. The template lists the names of the files in `views/assets`, and may give a script the
 * attribute `blocking`.
 */
function linkHelper(extension: 'css' | 'js', tag: (url: string, attributes: string) => string) {
  return (...args: unknown[]) => {
    const { data, hash } = args.pop() as { data: { root: PageModel }; hash: { blocking?: 'render' } };
    const attributes = hash.blocking === undefined ? '' : ` blocking="${hash.blocking}"`;
    const url = (file: string) => `${Handlebars.escapeExpression(data.root.assets)}/${file}`;
    const links = assetFiles(args, extension).map((file) => tag(url(file), attributes));
    return new Handlebars.SafeString(links.join('\n'));
  };
}

/** The values of a page. Every page needs the first two. */
export interface PageModel {
  lang: string;
  /** The path of the assets, below the tenant. */
  assets: string;
  /** The wallet whose colours the page has. */
  wallet?: { colors: string; [name: string]: unknown };
  [name: string]: unknown;
}

/**
 * Sends a page of `views/pages`. Its Content-Security-Policy allows no inline script, no inline style but the wallet's colours, and only
 * pictures from other hosts.
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
        ["style-src 'self'", ...inlineStyles(model)].join(' '),
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

/** The inline styles of a page, as its policy names them. */
function inlineStyles({ wallet }: PageModel): string[] {
  return wallet === undefined ? [] : [`'sha256-${createHash('sha256').update(wallet.colors).digest('base64')}'`];
}

/** Renders a partial alone, for the live updates of a page. */
export function renderPart(
  app: FastifyInstance,
  partial: string,
  model: { lang: string; [name: string]: unknown },
): Promise<string> {
  return app.view(`partials/${partial}.hbs`, model) as unknown as Promise<string>;
}

/** The address of a picture in `views/assets`. */
function picture(name: string, { data }: { data: { root: PageModel } }): string {
  return `${data.root.assets}/${pictureFile(name)}`;
}

function say(key: string, { hash, data }: { hash: Record<string, unknown>; data: { root: PageModel } }): string {
  return sayIn(data.root.lang, key, hash);
}
