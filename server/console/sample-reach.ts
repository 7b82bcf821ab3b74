import type { ScenarioRecord } from '../scenarios/schema.js';
import type { Tenant } from '../tenants/tenant.js';
import { demoApp, demoClientOf } from './demo/session.js';
import { offersOf } from './playground-model.js';

/** The reason that a scenario never acts on a call of the playground: a key of the texts under `scenarios.unmet`. */
export type Unmet = 'client' | 'user' | 'header' | 'call';

/** Finds out why a scenario never acts on a call of the sample mini program and merchant. @returns undefined if it can act */
export function unmetBySample(tenant: Tenant, { when = {} }: ScenarioRecord): Unmet | undefined {
  const { clientId, appId, userId, header = {}, operation, path } = when;
  const client = demoClientOf(tenant);
  if ((clientId ?? client) !== client || (appId !== undefined && appId !== demoApp(tenant)?.appId)) return 'client';
  if (userId !== undefined && userId !== tenant.currentUser?.userId) return 'user';
  if (Object.keys(header).length > 0) return 'header';
  const called = sampleCalls(tenant);
  if (operation !== undefined && operation !== '*' && !called.some(({ name }) => name === operation)) return 'call';
  if (path !== undefined && !called.some((call) => call.path === path)) return 'call';
  return undefined;
}

/** The operations and JSAPIs that the sample mini program and its merchant call. */
function sampleCalls({ profile }: Tenant): { name: string; path?: string }[] {
  const sent = [...new Set(profile.operations.values())].filter(({ verb }) => verb !== 'answer' && verb !== 'issue-code');
  return [
    ...sent.map(({ name, paths }) => ({ name, path: paths[0] as string })),
    ...offersOf(profile).map(({ jsapi }) => ({ name: jsapi })),
  ];
}
