import { fillFromSnapshot, takeSnapshot } from '../../tenants/snapshot.js';
import { Snapshot } from '../../tenants/snapshot-schema.js';
import { invalid } from '../control-error.js';
import { noteChange } from '../journal-changes.js';
import type { ControlPlugin } from '../options.js';
import { NoContent, responses } from '../response-schemas.js';

/** The longest snapshot that is taken, in bytes. */
const bodyLimit = 256 * 1024 * 1024;
const tags = ['emulator'];

export const snapshot: ControlPlugin = async (app, { tenants, replacements }) => {
  const take = {
    operationId: 'takeSnapshot',
    tags,
    summary: 'This tenant, written down',
    description:
      'Settings, clock, what differs from the fixtures, scenarios, consents, codes and tokens, whole: to share a state, or to attach it to a bug report. The journal and the screens that wait for a user are not in it.',
    response: responses(200, Snapshot),
  };
  app.get('/_emulator/snapshot', { schema: take }, async ({ tenant }) => takeSnapshot(tenant));

  const restore = {
    operationId: 'restoreSnapshot',
    tags,
    summary: 'Makes this tenant what was written down',
    description:
      'What it held before is gone, as after a reset. The clock goes on from where it was, so that what was live is live. The fixtures should be the same: only what differs from them is in a snapshot.',
    body: Snapshot,
    response: responses(204, NoContent, 400),
  };
  // What it carries is no matter for the journal: whole tokens, and much of it.
  const preValidation = async (request: { sentBody: string }) => {
    request.sentBody = '';
  };
  app.put('/_emulator/snapshot', { schema: restore, bodyLimit, preValidation }, async (request, reply) => {
    const { body } = request;
    const { name } = request.tenant;
    const tenant = await tenants
      .replace(name, (empty) => fillFromSnapshot(empty, body))
      .catch((error: Error) => {
        throw invalid(error.message);
      });
    replacements.announce(name, () => tenant);
    request.tenant = tenant;
    noteChange(request, `a snapshot was restored: ${body.grants.length} authorizations, ${body.scenarios.length} scenarios`);
    return reply.status(204).send(null);
  });
};
