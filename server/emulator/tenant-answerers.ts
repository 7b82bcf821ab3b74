import type { KeyObject } from 'node:crypto';
import type { EmulatorAnswer } from '../comparison/answerer.js';
import type { Profile } from '../profiles/profile.js';
import type { Exchange } from '../recordings/exchange.js';
import type { Tenant } from '../tenants/tenant.js';
import { partiesOf } from './compare-recording.js';
import { ReplayAnswerer } from './replay-answerer.js';

interface TenantAnswerer {
  profile: Profile;
  answerer: ReplayAnswerer;
  /** The calls so far: the next one waits for them, because the answers have one state. */
  last: Promise<unknown>;
}

/**
 * Returns a function that says what an emulator of a tenant's wallet answers to a call that a platform has answered. The emulator knows
 * the codes and tokens of the platform's earlier answers.
 * @param privateKey signs the answers
 */
export function tenantAnswerers(privateKey: KeyObject): (tenant: Tenant, exchange: Exchange) => Promise<EmulatorAnswer> {
  const known = new WeakMap<Tenant, TenantAnswerer>();
  return (tenant, exchange) => {
    const { profile } = tenant;
    let found = known.get(tenant);
    if (found?.profile !== profile) {
      const answerer = new ReplayAnswerer({ profile, fixtures: partiesOf(tenant), privateKey });
      found = { profile, answerer, last: Promise.resolve() };
      known.set(tenant, found);
    }
    const { answerer, last } = found;
    const answer = last.then(() => answerer.answer(exchange));
    found.last = answer.catch(() => {});
    return answer;
  };
}
