import type { SignatureHints } from '../signing/unverified-call.js';
import { platformPublicKey } from './merchant.js';

/** The hints for a wallet with one client and no known mistakes. */
export const noHints: SignatureHints = {
  prefixes: [],
  endings: [],
  operationPaths: [],
  tenantPrefix: '/t/one',
  hosts: [],
  clientIds: [],
  otherKeys: [],
  platformKey: platformPublicKey,
  findEarlierCall: () => undefined,
};
