import Type from 'typebox';
import { Instant } from '../../schemas/common.js';
import { formatInstant } from '../instant.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

const Health = Type.Object(
  {
    status: Type.Literal('ok'),
    version: Type.String(),
    wallet: Type.String({ description: "the name of the wallet's profile" }),
    now: Instant,
    limits: Type.Object(
      { tenants: Type.Integer(), tokens: Type.Integer() },
      { description: 'how many tenants there can be, and how many codes or tokens of each kind in a tenant' },
    ),
    evicted: Type.Object(
      { tenants: Type.Integer(), tokens: Type.Integer() },
      { description: 'how many of them were dropped because of a limit while they were in use, in all tenants, since the start' },
    ),
  },
  { description: 'The emulator is running' },
);

export const health: ControlPlugin = async (app, { version, tenants }) => {
  const schema = {
    operationId: 'readHealth',
    tags: ['emulator'],
    summary: 'Checks that the emulator is running, and names its wallet',
    response: responses(200, Health),
  };
  app.get('/_emulator/health', { schema, config: { open: true } }, async ({ tenant }) => ({
    status: 'ok' as const,
    version,
    wallet: tenant.profile.name,
    now: formatInstant(tenant.clock.now()),
    limits: { ...tenants.evictions.limits },
    evicted: { ...tenants.evictions.count },
  }));
};
