import type { Ticket, TicketPage } from '../engine/store.js';
import type { CreateMap } from './create-map.js';
import type { EvictingMap } from './evicting-map.js';

/** A tenant's authorizations that wait for the user's decision. */
export class Tickets {
  readonly #tickets: EvictingMap<Ticket>;

  constructor(createMap: CreateMap) {
    this.#tickets = createMap<Ticket>('tickets', (ticket) => ticket.answeredAt ?? ticket.expiresAt);
  }

  /** Adds a ticket that is stored already. */
  restore(ticketId: string, ticket: Ticket): void {
    this.#tickets.restore(ticketId, ticket);
  }

  save(ticket: Ticket): void {
    this.#tickets.add(ticket.ticketId, ticket);
  }

  find(ticketId: string): Ticket | undefined {
    return this.#tickets.get(ticketId);
  }

  all(): Ticket[] {
    return [...this.#tickets.values()];
  }

  /** @returns false if the ticket is unknown or bound to another origin */
  bind(ticketId: string, page: TicketPage): boolean {
    const ticket = this.#tickets.get(ticketId);
    if (ticket === undefined || (ticket.origin !== undefined && ticket.origin !== page.origin)) return false;
    this.#tickets.change(ticketId, page);
    return true;
  }

  /** @param at milliseconds since the epoch */
  redeem(ticketId: string, at: number): 'redeemed' | 'unknown' | 'used' | 'expired' {
    const ticket = this.#tickets.get(ticketId);
    if (ticket === undefined) return 'unknown';
    if (ticket.answeredAt !== undefined) return 'used';
    if (ticket.expiresAt <= at) return 'expired';
    this.#tickets.change(ticketId, { answeredAt: at });
    return 'redeemed';
  }
}
