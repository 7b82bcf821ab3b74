import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Random } from './random.js';

/** The notifications that came to one address. */
export class Inbox {
  /** Everything that came, in order, and whether it was accepted. */
  readonly received: { body: string; isAccepted: boolean }[] = [];
  /** From now on, everything is accepted. */
  acceptsAll = false;

  get accepted(): string[] {
    return this.received.filter(({ isAccepted }) => isAccepted).map(({ body }) => body);
  }
}

/** A merchant's server that accepts some notifications, refuses others, and sometimes breaks the connection. */
export class NotifiedMerchant {
  readonly #server: Server;
  readonly #inboxes = new Map<string, Inbox>();
  readonly #random: Random;

  private constructor(random: Random) {
    this.#random = random;
    this.#server = createServer(async (request, response) => {
      const inbox = this.#inboxes.get(request.url ?? '');
      const answer = inbox === undefined || inbox.acceptsAll ? 'S' : this.#random.pick(['S', 'S', 'S', 'F', '503', 'broken']);
      inbox?.received.push({ body: await text(request), isAccepted: answer === 'S' });
      if (answer === 'broken') request.socket.destroy();
      else if (answer === '503') response.writeHead(503).end();
      else response.end(JSON.stringify({ result: { resultCode: 'X', resultStatus: answer, resultMessage: '' } }));
    });
  }

  static async open(random: Random): Promise<NotifiedMerchant> {
    const merchant = new NotifiedMerchant(random);
    merchant.#server.listen(0, '127.0.0.1');
    await once(merchant.#server, 'listening');
    return merchant;
  }

  /** Opens an address of its own. */
  openInbox(name: string): { url: string; inbox: Inbox } {
    const inbox = new Inbox();
    this.#inboxes.set(`/${name}`, inbox);
    return { url: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${name}`, inbox };
  }

  closeInbox(name: string): void {
    this.#inboxes.delete(`/${name}`);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
