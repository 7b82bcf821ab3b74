import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { shorten } from '../engine/outcomes.js';
import { sendError } from '../http/send-error.js';
import { sendPage } from '../pages/render.js';
import type { Profile } from '../profiles/profile.js';
import type { AppEntry } from '../records/entries.js';
import type { Tenant } from '../tenants/tenant.js';
import { consoleModel } from './console-model.js';
import {
  callAsDemoMerchant,
  demoAppId,
  demoClientId,
  demoMerchantSigns,
  type Exchange,
  NoResult,
  NotDemoKey,
  pathOf,
} from './demo/merchant.js';
import { profileModel } from './profile-model.js';
import { scenarios } from './scenarios-page.js';

export interface ConsoleOptions {
  /** The emulator's own address. */
  baseUrl(): string;
  version: string;
  /** Show codes and tokens whole. */
  showSecrets: boolean;
  /** All wallets that there are. */
  wallets(): Profile[];
}

/** The curious: what runs, and a phone with a sample mini program in it. */
export async function consolePages(
  app: FastifyInstance,
  { baseUrl, version, showSecrets, wallets }: ConsoleOptions,
): Promise<void> {
  app.get('/', async (request, reply) => {
    const { tenant } = request;
    const model = consoleModel(request, showSecrets);
    return sendPage(reply, 'dashboard', {
      ...model,
      loggedIn: model.users.filter(({ current }) => current),
      others: model.users.filter(({ current }) => !current),
      version,
      tenant: tenant.name,
      now: new Date(tenant.clock.now()).toISOString(),
    });
  });
  app.get('/favicon.ico', async ({ prefix }, reply) => reply.redirect(`${prefix}/assets/favicon.svg`));
  app.get('/profile', async (request, reply) => {
    const model = consoleModel(request, showSecrets);
    const others = wallets().map(({ name, source }) => ({ name, title: source.title }));
    return sendPage(reply, 'profile', { ...model, profile: profileModel(request, model.lang), others });
  });
  app.register(scenarios);
  app.get('/playground', async (request, reply) =>
    sendPage(reply, 'playground', {
      ...consoleModel(request, showSecrets),
      miniProgramUrl: `${request.prefix}/playground/mini-program`,
    }),
  );
  app.get('/playground/mini-program', miniProgram);
  app.post('/playground/exchange', async (request, reply) => {
    const { authCode } = (request.body ?? {}) as { authCode?: unknown };
    if (typeof authCode !== 'string' || authCode === '')
      return sendError(reply, 400, 'auth-code', 'authCode: expected the code that my.getAuthCode gave');
    const steps: Step[] = [];
    return exchange(baseUrl() + request.prefix, request.tenant, authCode, steps).catch((error: Error) => {
      if (error instanceof NotDemoKey) return sendError(reply, 409, 'not-demo-key', error.message);
      if (error instanceof NoResult) {
        steps.push(stepOf(error));
        return sendError(reply, 502, 'no-result', error.message, { steps });
      }
      return sendError(reply, 502, 'platform', `the platform could not be asked: ${error.message}`);
    });
  });
}

async function miniProgram(request: FastifyRequest, reply: FastifyReply): Promise<string> {
  const { tenant, prefix } = request;
  const app = shownApp(tenant);
  const name = app?.name ?? 'Mini program';
  const { lang, assets } = consoleModel(request, false);
  const logo = app?.record.logo === undefined ? null : `${prefix}/wallet/files/${app.record.logo}`;
  return sendPage(
    reply,
    'mini-program',
    { lang, assets, base: prefix, appId: app?.appId ?? demoAppId, app: { name, logo, initials: name.slice(0, 1) } },
    ["'self'"],
  );
}

/** The mini program in the phone: the built-in one, or the first where the fixtures are others. */
function shownApp({ apps }: Tenant): AppEntry | undefined {
  return apps.get(demoAppId) ?? apps.all().next().value;
}

interface Step {
  title: string;
  request: unknown;
  response: unknown;
}

function stepOf({ request, response }: Pick<NoResult, 'request' | 'response'>): Step {
  return {
    title: `POST ${request.path}`,
    request: withoutSecrets(request.body),
    response: withoutSecrets(response.body),
  };
}

/** Tokens and userIds stay on the server, here too: the page is told that they are there. */
function withoutSecrets(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (key, value) => {
    if (key === 'userId' || key === 'customerId') return '(stays on the server)';
    return typeof value === 'string' && /^(access|refresh)Token$/.test(key) ? shorten(value) : value;
  });
}

/**
 * What a merchant's server does with an authCode: exchanges it and reads the user, by signed calls over HTTP.
 * @param steps takes what was called
 * @throws NotDemoKey, NoResult
 */
async function exchange(
  base: string,
  tenant: Tenant,
  authCode: string,
  steps: Step[],
): Promise<{ ok: boolean; customer: Record<string, unknown> | null; steps: Step[] }> {
  const { profile } = tenant;
  const app = shownApp(tenant);
  const exchangePath = pathOf(profile, 'exchange');
  const readPath = pathOf(profile, 'read-user');
  const client = tenant.clients.get(app?.clientId ?? demoClientId);
  const signs = client === undefined || (await demoMerchantSigns(client));
  const call = async (path: string, body: Record<string, unknown>): Promise<Exchange['response']['body']> => {
    const done = await callAsDemoMerchant(base, profile, app?.clientId ?? demoClientId, path, body, tenant.clock.now(), signs);
    steps.push(stepOf(done));
    return done.response.body;
  };
  if (exchangePath === undefined || readPath === undefined) return { ok: false, customer: null, steps };
  const tokens = await call(exchangePath, {
    grantType: 'AUTHORIZATION_CODE',
    appId: app?.appId,
    authCode,
    customerBelongsTo: 'BILLETERA',
  });
  if (tokens.result.resultStatus !== 'S') return { ok: false, customer: null, steps };
  const { result, userInfo, ...flat } = await call(readPath, { appId: app?.appId, accessToken: tokens.accessToken });
  const { userId: _, ...customer } = (userInfo ?? flat) as Record<string, unknown>;
  return { ok: result.resultStatus === 'S', customer, steps };
}
