import { alipayPlus } from './alipay-plus.js';
import type { Dialect } from './dialect.js';
import { gcash, platformV1, rebell, tng } from './platform-v1.js';
import { alipayConnect, claro, mpesa, platformV2, vodapay } from './platform-v2.js';
import { superqi } from './superqi.js';
import { toka } from './toka.js';

/** One dialect for each wallet in fixtures/wallets. */
export const dialects: readonly Dialect[] = [
  platformV2,
  platformV1,
  claro,
  alipayConnect,
  gcash,
  tng,
  vodapay,
  superqi,
  mpesa,
  rebell,
  alipayPlus,
  toka,
];

export function dialectOf(wallet: string): Dialect {
  const dialect = dialects.find((candidate) => candidate.wallet === wallet);
  if (dialect === undefined)
    throw new Error(`the wallet ${wallet} has no dialect: add one to server/testing/dialects/dialects.ts`);
  return dialect;
}
