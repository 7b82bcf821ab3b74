import type { ControlPlugin } from '../options.js';
import { NoContent, responses } from '../response-schemas.js';

export const reset: ControlPlugin = async (app, { tenants, replacements }) => {
  const schema = {
    operationId: 'reset',
    tags: ['emulator'],
    summary: 'Back to the fixtures',
    description: 'Drops this tenant: no tokens, consents, scenarios, journal; the clock runs. Its next use makes it anew.',
    response: responses(204, NoContent),
  };
  app.post('/_emulator/reset', { schema }, async ({ tenant }, reply) => {
    await tenants.drop(tenant.name);
    replacements.announce(tenant.name, () => tenants.get(tenant.name));
    return reply.status(204).send(null);
  });
};
