import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tenantBase } from '../http/address.js';
import { sendError } from '../http/send-error.js';
import { initials, pictureUrl } from '../pages/face.js';
import { sendPage } from '../pages/render.js';
import { consoleModel } from './console-model.js';
import { DemoExchange, demoApp } from './demo/exchange.js';
import { demoAppId, NoResult, NotDemoKey } from './demo/merchant.js';

export interface PlaygroundOptions {
  /** The address that the emulator listens at. */
  listeningUrl(): string;
  /** Show whole codes and tokens. */
  showSecrets: boolean;
}

/** A phone with the sample mini program in it, and the sample merchant's server that it talks to. */
export async function playground(app: FastifyInstance, { listeningUrl, showSecrets }: PlaygroundOptions): Promise<void> {
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
    const exchange = new DemoExchange(listeningUrl() + tenantBase(request.tenant.name), request.tenant);
    try {
      const result = await exchange.run(authCode);
      return { ...result, steps: exchange.steps };
    } catch (error) {
      return sendFailure(reply, error as Error, exchange);
    }
  });
}

function sendFailure(reply: FastifyReply, error: Error, { steps }: DemoExchange): FastifyReply {
  if (error instanceof NotDemoKey) return sendError(reply, 409, 'not-demo-key', error.message);
  if (error instanceof NoResult) return sendError(reply, 502, 'no-result', error.message, { steps });
  return sendError(reply, 502, 'platform', `the platform could not be asked: ${error.message}`);
}

async function miniProgram(request: FastifyRequest, reply: FastifyReply): Promise<string> {
  const { tenant, prefix } = request;
  const app = demoApp(tenant);
  const name = app?.name ?? 'Mini program';
  const { lang, assets } = consoleModel(request, false);
  const model = {
    lang,
    assets,
    base: prefix,
    appId: app?.appId ?? demoAppId,
    app: { name, logo: pictureUrl(app?.record.logo, prefix), initials: initials(name) },
  };
  return sendPage(reply, 'mini-program', model, ["'self'"]);
}
