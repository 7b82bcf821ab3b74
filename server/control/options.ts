import type { KeyObject } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ControlToken } from '../http/control-token.js';
import type { Tenants } from '../tenants/tenants.js';

export interface ControlOptions {
  tenants: Tenants;
  version: string;
  /** Show whole codes and tokens in journal entries. */
  showSecrets: boolean;
  /** The token that the API asks for; absent: it asks for none. */
  controlToken: ControlToken | undefined;
  /** The key that signs the platform's responses. */
  privateKey: KeyObject;
  /** The certificate for HTTPS, in PEM. Undefined if HTTPS is off. */
  certificate: string | undefined;
}

/** The routes of one resource of the control API. */
export type ControlPlugin = FastifyPluginAsyncTypebox<ControlOptions>;

/** The server that such a plugin adds its routes to. It takes the types of a route from its schemas. */
export type ControlApp = Parameters<ControlPlugin>[0];
