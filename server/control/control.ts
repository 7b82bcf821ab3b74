import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { describeApi } from './describe-api.js';
import { answerErrorsInJson } from './error-handler.js';
import { journalChanges } from './journal-changes.js';
import { acceptJsonBodies } from './json-bodies.js';
import type { ControlOptions } from './options.js';
import { apps } from './routes/apps.js';
import { authCodes } from './routes/auth-codes.js';
import { authorizations } from './routes/authorizations.js';
import { clients } from './routes/clients.js';
import { clock } from './routes/clock.js';
import { consents } from './routes/consents.js';
import { expireAndRevoke } from './routes/expire-and-revoke.js';
import { findings } from './routes/findings.js';
import { health } from './routes/health.js';
import { inspectToken } from './routes/inspect-token.js';
import { journal } from './routes/journal.js';
import { journalStream } from './routes/journal-stream.js';
import { keys } from './routes/keys.js';
import { profile } from './routes/profile.js';
import { report } from './routes/report.js';
import { reset } from './routes/reset.js';
import { scenarios } from './routes/scenarios.js';
import { settings } from './routes/settings.js';
import { signatures } from './routes/signatures.js';
import { snapshot } from './routes/snapshot.js';
import { tokens } from './routes/tokens.js';
import { users } from './routes/users.js';
import { walletOpenApiRoute } from './routes/wallet-openapi.js';
import { refuseUnknownPaths } from './unknown-paths.js';
import { validateLazily } from './validation.js';

export type { ControlOptions } from './options.js';

const resources = [
  health,
  profile,
  walletOpenApiRoute,
  report,
  reset,
  settings,
  authorizations,
  authCodes,
  tokens,
  inspectToken,
  expireAndRevoke,
  clock,
  clients,
  apps,
  users,
  consents,
  scenarios,
  snapshot,
  journal,
  journalStream,
  findings,
  signatures,
  keys,
];

/** The control API: JSON requests by tests and testers, described by an OpenAPI document. */
export async function control(app: FastifyInstance, options: ControlOptions): Promise<void> {
  validateLazily(app);
  acceptJsonBodies(app);
  answerErrorsInJson(app);
  protectAnswers(app);
  journalChanges(app);

  const routes = collectRoutes(app);
  // Called, not registered: registering each one takes 10 ms of the start, and they share one context anyway.
  for (const resource of resources) await resource(app.withTypeProvider<TypeBoxTypeProvider>(), options);
  describeApi(app, routes, { version: options.version, asksForToken: options.controlToken !== undefined });
  refuseUnknownPaths(app, routes);
}

/** @returns a list of the documented routes, which grows as they are added */
function collectRoutes(app: FastifyInstance): RouteOptions[] {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (route.method !== 'HEAD' && route.schema?.hide !== true) routes.push(route);
  });
  return routes;
}

/** Answers are not cached, and no page can show them in a frame. The docs page sets its own policy. */
function protectAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply, payload) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    if (!reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    return payload;
  });
}
