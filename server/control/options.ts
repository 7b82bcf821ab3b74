import type { KeyObject } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Tenants } from '../tenants/tenants.js';
import type { TenantReplacements } from './tenant-replacements.js';

export interface ControlOptions {
  tenants: Tenants;
  baseUrl(): string;
  version: string;
  /** Journal entries with whole codes and tokens. */
  showSecrets: boolean;
  /** What the platform signs its answers with. */
  privateKey: KeyObject;
}

/** One thing of the control API: its schemas and its routes. */
export type ControlPlugin = FastifyPluginAsyncTypebox<ControlOptions & { replacements: TenantReplacements }>;
