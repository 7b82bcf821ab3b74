import type { KeyObject } from 'node:crypto';
import type { Text } from '../texts/text.js';
import type { ContentTemplate, SignedParts } from './content.js';

/** A call whose signature does not verify. */
export interface UnverifiedCall {
  template: ContentTemplate;
  templateText: string;
  parts: SignedParts;
  /** The paths that the signature may cover. The first is the path as the wallet knows it. */
  paths: readonly string[];
  body: Buffer;
  /** The request target as it was sent, with its query, and its host if it has one. */
  target: string;
  host: string;
  /** The signature's value, still encoded. */
  signature: string;
  publicKey: KeyObject;
  hints: SignatureHints;
}

/** The things that a signer may have used by mistake. */
export interface SignatureHints {
  /** The prefixes of the wallet's paths. One of them may be empty. */
  prefixes: readonly string[];
  /** The endings that the wallet's paths may have, such as `.htm`. */
  endings: readonly string[];
  /** The paths of the wallet's operations. */
  operationPaths: readonly string[];
  /** The prefix of a path that names the tenant: `/t/<tenant>`. */
  tenantPrefix: string;
  /** Hosts that merchants write into their code. */
  hosts: readonly string[];
  clientIds: readonly string[];
  /** Keys of other clients. */
  otherKeys: readonly { owner: Text; key: KeyObject }[];
  /** The public key with which merchants verify the platform's answers. */
  platformKey: KeyObject;
  /** Finds an earlier call of the client that had this signature, and describes it in a few words. */
  findEarlierCall(signature: Buffer): Text | undefined;
}
