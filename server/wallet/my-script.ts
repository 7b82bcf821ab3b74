import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { packageRoot } from '../package-root.js';

const built = join(packageRoot, 'dist', 'bridge', 'my.js');
const placeholder = '__BILLETERA__';

/**
 * Serves the bridge script, with the emulator's address and the appId written into it. On a host that is not allowed, the script logs
 * what to do, and its calls fail with that sentence. The status is then 421, but browsers get 200, because they run no script of an
 * error response.
 */
export async function bridgeScript(app: FastifyInstance): Promise<void> {
  let parts: Promise<string[]> | undefined;
  app.get('/my.js', { config: { forPages: true } }, async (request, reply) => {
    const { base, tenant, query, hostProblem, headers } = request;
    parts ??= readFile(built, 'utf8').then((text) => text.split(placeholder));
    const { appId, session } = query as { appId?: unknown; session?: unknown };
    const { brand, jsapis } = tenant.profile.source;
    const config = {
      baseUrl: base,
      appId: textOrNull(appId),
      session: textOrNull(session),
      siteName: brand.name,
      problem: hostProblem ?? mixedContentProblem(request) ?? null,
      jsapis: Object.keys(jsapis),
    };
    const isRun = hostProblem === undefined || isBrowser(headers['user-agent']);
    return reply
      .status(isRun ? 200 : 421)
      .headers({
        'content-type': 'text/javascript; charset=utf-8',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      })
      .send((await parts).join(scriptLiteral(config)));
  });
}

/**
 * A browser that loaded the script by HTTPS blocks calls to an http address. The emulator does not know of HTTPS if a proxy has it, but
 * the proxy may say so, and browsers send Sec-Fetch-Site only to secure addresses and loopback.
 */
function mixedContentProblem({ base, headers, callAddress }: FastifyRequest): string | undefined {
  const { ignored, host, hostname } = callAddress;
  if (!base.startsWith('http:')) return undefined;
  const isLoopback = /^(localhost|127\..*|::1|.*\.localhost)$/.test(hostname);
  const saysProxy = ignored?.url.startsWith('https:') === true;
  if (!saysProxy && (isLoopback || headers['sec-fetch-site'] === undefined)) return undefined;
  const publicUrl = saysProxy ? ignored.url : `https://${host}`;
  return `this script came by https, but the wallet's address in it is ${base}, which browsers block (mixed content): start with --public-url ${publicUrl}, or --trust-proxy`;
}

function isBrowser(userAgent = ''): boolean {
  return userAgent.startsWith('Mozilla/');
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** JSON that is safe inside any script, inline ones included. */
function scriptLiteral(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
