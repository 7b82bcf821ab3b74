import type { UserRecord } from '../../records/schema.js';
import type { SignatureEncoding } from '../merchant.js';
import type { Codes } from './dialect-codes.js';

/** The parts that a signature covers, without the body. */
export interface SignedParts {
  path: string;
  clientId: string;
  time: string;
  requestId: string;
}

/** The wire format of a wallet. It is encoding from the wallet's documentation, independently of its profile. */
export interface Dialect {
  wallet: string;
  /** From UTC: `-05:00`. */
  offset: string;
  /** The user who is logged in at first. */
  userId: string;
  paths: { applyToken: string[]; userInfo: string[]; revoke: string[]; [more: string]: string[] };
  /** Paths of similar wallets that this wallet does not have. */
  foreign: string[];
  /** The body field that names the client. Undefined if none is documented. */
  authClient: 'authClientId' | 'referenceClientId' | undefined;
  /** Fields that every exchange needs in addition. */
  always: Record<string, string>;
  codes: Codes;
  signs: {
    request(parts: SignedParts): string;
    answer(parts: SignedParts): string;
    encoding: SignatureEncoding;
    algorithm: string;
  };
  time: 'iso' | 'epoch-ms';
  requestId: boolean;
  /** The name of the user's id in applyToken. */
  customer: 'customerId' | 'userId';
  tokens: 'opaque' | 'jwt';
  /** The maximum length of an authCode in a request. */
  longestCode: number;
  /** In days. */
  lifetimes: { accessToken: number; refreshToken: number };
  silent: string[];
  asked: string[];
  /** Some scopes, and exactly the user data that they read. */
  reads: { scopes: string[]; flat: boolean; expect(user: UserRecord, base: string): Record<string, unknown> };
}
