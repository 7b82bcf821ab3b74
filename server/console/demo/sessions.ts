import type { Tenant } from '../../tenants/tenant.js';
import { DemoSession } from './session.js';

/** The maximum number of customers that the demo merchant remembers in a tenant. */
const maxSessions = 100;

/** The customers that the demo merchant's server remembers, by tenant. A reset replaces the tenant, and so forgets them. */
export class DemoSessions {
  readonly #sessions = new WeakMap<Tenant, Map<string, DemoSession>>();

  open(base: string, tenant: Tenant): DemoSession {
    const sessions = this.#of(tenant);
    const [oldest] = sessions.keys();
    if (oldest !== undefined && sessions.size >= maxSessions) sessions.delete(oldest);
    const session = new DemoSession(base, tenant);
    sessions.set(session.id, session);
    return session;
  }

  find(tenant: Tenant, id: string): DemoSession | undefined {
    return this.#of(tenant).get(id);
  }

  #of(tenant: Tenant): Map<string, DemoSession> {
    let sessions = this.#sessions.get(tenant);
    if (sessions === undefined) {
      sessions = new Map();
      this.#sessions.set(tenant, sessions);
    }
    return sessions;
  }
}
