import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Turn } from '../store/state-store.js';
import type { Tenants } from '../tenants/tenants.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The turns that the request has taken. Undefined if no other emulator shares the state. */
    turns: Turn[] | undefined;
    /** Ends the turns if the connection closes before the answer. */
    endTurnsOnClose: (() => void) | undefined;
    /**
     * Waits until the request may use a tenant (Sharing.enter).
     * @throws StorageError
     */
    enterTenant(name: string): Promise<void>;
    /** Waits without keeping other emulators from the tenant. After that, the request's tenant may be another object. */
    waitOutsideTurn(wait: () => Promise<unknown>): Promise<void>;
  }
}

/** Lets requests take turns with other emulators that share the state. A turn ends with the answer, or with the connection. */
export function addTurns(app: FastifyInstance, tenants: Tenants): void {
  app.decorateRequest('turns', undefined);
  app.decorateRequest('endTurnsOnClose', undefined);
  app.decorateRequest('enterTenant', async function (this: FastifyRequest, name: string) {
    const entering = tenants.sharing?.enter(name);
    if (entering === undefined) return;
    const turn = await entering;
    if (this.turns === undefined) {
      this.turns = [];
      this.endTurnsOnClose = () => endTurns(this);
      this.raw.socket.once('close', this.endTurnsOnClose);
    }
    this.turns.push(turn);
    // The caller hung up before the turn came.
    if (this.raw.socket.destroyed) endTurns(this);
  });
  // A connection has many requests, one after another.
  app.addHook('onResponse', async ({ raw, endTurnsOnClose }) => {
    if (endTurnsOnClose !== undefined) raw.socket.off('close', endTurnsOnClose);
  });
  app.decorateRequest('waitOutsideTurn', async function (this: FastifyRequest, wait: () => Promise<unknown>) {
    const isShared = this.turns !== undefined;
    const { name } = this.tenant;
    if (isShared) {
      endTurns(this);
      await this.tenant.settled();
    }
    await wait();
    if (!isShared) return;
    await this.enterTenant(name);
    this.tenant = tenants.get(name);
  });
}

/** Ends the turns of a request. It reads and changes nothing after that. */
export function endTurns({ turns }: FastifyRequest): void {
  for (const turn of turns?.splice(0) ?? []) turn.end();
}
