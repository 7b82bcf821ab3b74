import type { ControlPlugin } from '../options.js';
import { NoContent, responses } from '../response-schemas.js';

export const reset: ControlPlugin = async (app, { tenants }) => {
  const schema = {
    operationId: 'reset',
    tags: ['emulator'],
    summary: 'Resets the tenant to the fixtures',
    description:
      'Deletes the tenant with its tokens, consents, scenarios and journal. The next request creates it from the fixtures, with a running clock.',
    response: responses(204, NoContent),
  };
  app.post('/_emulator/reset', { schema }, async ({ tenant }, reply) => {
    await tenants.reset(tenant.name);
    return reply.status(204).send(null);
  });
};
