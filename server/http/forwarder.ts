import type { KeyObject } from 'node:crypto';
import type { Profile } from '../profiles/profile.js';
import type { Exchange, Header } from '../recordings/exchange.js';

/** A request as it came, to be sent on without a change. */
export interface RawRequest {
  method: string;
  /** The path and the query, as they were sent. */
  target: string;
  headers: readonly Header[];
  body: Buffer;
}

/** An answer as it came, without the headers that belong to one connection. */
export interface RawAnswer {
  status: number;
  statusText: string;
  headers: Header[];
  /** Not decompressed. */
  body: Buffer;
}

/** Sends calls on, and keeps them. The recorder is one. */
export interface Forwarder {
  /** The platform's public key. Undefined: its signatures are not verified. */
  publicKey: KeyObject | undefined;
  /** The address at which the platform has a target. */
  addressOf(target: string): string;
  /**
   * Sends a request to an address and waits for the whole answer.
   * @param url the address; the path and the query are sent as they are written
   * @throws TextError with the reason and what to do, if there is no answer
   */
  send(url: string, request: RawRequest): Promise<RawAnswer>;
  /**
   * Keeps an exchange. It resolves when the exchange is on the disk.
   * @param profile of the wallet, whose words are no secrets
   * @throws TextError if it cannot be written
   */
  keep(exchange: Exchange, profile: Profile): Promise<void>;
}
