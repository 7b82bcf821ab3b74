import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { packageRoot } from '../package-root.js';
import { tenantSegment } from '../tenants/tenant.js';

const built = join(packageRoot, 'dist', 'bridge', 'my.js');
const placeholder = '__BILLETERA__';

/**
 * Serves the bridge script, with the emulator's address and the appId written into it. On a host that is not allowed, the script logs
 * what to do, and its calls fail with that sentence. The status is then 421, but browsers get 200, because they run no script of an
 * error response.
 */
export async function bridgeScript(app: FastifyInstance): Promise<void> {
  let parts: Promise<string[]> | undefined;
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const { base, tenant, query, headers, params } = request;
    const problem = request.hostProblem ?? tenantProblem(params as { name?: string });
    parts ??= readFile(built, 'utf8').then((text) => text.split(placeholder));
    const { appId, session, lang } = query as Record<string, unknown>;
    const { brand, jsapis } = tenant.profile.source;
    const config = {
      baseUrl: base,
      appId: textOrNull(appId),
      session: textOrNull(session),
      ...(textOrNull(lang) !== null && { lang }),
      siteName: brand.name,
      problem: problem ?? mixedContentProblem(request) ?? null,
      jsapis: Object.keys(jsapis),
    };
    const isRun = problem === undefined || isBrowser(headers['user-agent']);
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
  };
  app.get('/my.js', { config: { forPages: true } }, answer);
  // Only a name that no tenant can have is left in the path.
  app.get(`/${tenantSegment}/:name/my.js`, { config: { forPages: true } }, answer);
}

function tenantProblem({ name }: { name?: string }): string | undefined {
  return name === undefined
    ? undefined
    : `"${name.slice(0, 80)}" cannot be the name of a tenant: expected up to 64 letters, digits, dots, hyphens and underscores`;
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
