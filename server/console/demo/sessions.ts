import type { KeyObject } from 'node:crypto';
import type { Tenant } from '../../tenants/tenant.js';
import { DemoSession } from './session.js';

/** The maximum number of customers that the demo merchant remembers in a tenant. */
const maxSessions = 100;

/** The customers that the demo merchant's server remembers, by tenant. A reset replaces the tenant, and so forgets them. */
export class DemoSessions {
  readonly #platformKey: KeyObject;
  readonly #sessions = new WeakMap<Tenant, Map<string, DemoSession>>();

  /** @param platformKey verifies the platform's answers */
  constructor(platformKey: KeyObject) {
    this.#platformKey = platformKey;
  }

  open(base: string, tenant: Tenant): DemoSession {
    const sessions = this.#of(tenant);
    const [oldest] = sessions.keys();
    if (oldest !== undefined && sessions.size >= maxSessions) sessions.delete(oldest);
    const session = new DemoSession(base, tenant, this.#platformKey);
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
