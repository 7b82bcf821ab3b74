import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { apps } from './apps.js';
import { authCodes } from './auth-codes.js';
import { takeJsonBodies } from './bodies.js';
import { recordChanges } from './change.js';
import { clients } from './clients.js';
import { clock } from './clock.js';
import { consents } from './consents.js';
import { findings } from './findings.js';
import { Followers } from './followers.js';
import { health } from './health.js';
import { journal } from './journal.js';
import { journalStream } from './journal-stream.js';
import { keys } from './keys.js';
import { describeApi } from './openapi.js';
import type { ControlOptions } from './options.js';
import { profile } from './profile.js';
import { refuseInJson, refuseUnknownPaths } from './refusing.js';
import { reset } from './reset.js';
import { scenarios } from './scenarios.js';
import { settings } from './settings.js';
import { signatures } from './signatures.js';
import { snapshot } from './snapshot.js';
import { tokenEndings } from './token-endings.js';
import { tokens } from './tokens.js';
import { users } from './users.js';
import { validateLazily } from './validation.js';

export type { ControlOptions } from './options.js';

const things = [
  health,
  profile,
  reset,
  settings,
  authCodes,
  tokens,
  tokenEndings,
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

/** The testers' door: JSON in, JSON out, described by its own OpenAPI document. */
export async function control(app: FastifyInstance, options: ControlOptions): Promise<void> {
  validateLazily(app);
  takeJsonBodies(app);
  refuseInJson(app);
  recordChanges(app);

  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (route.method !== 'HEAD' && route.schema?.hide !== true) routes.push(route);
  });
  const followers = new Followers();
  // Called, not registered: a context for each would cost a start 10 ms, and they share one anyway.
  for (const thing of things) await thing(app.withTypeProvider<TypeBoxTypeProvider>(), { ...options, followers });
  describeApi(app, routes, options.version);
  refuseUnknownPaths(app, routes);
}
