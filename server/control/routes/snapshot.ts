import { StorageError } from '../../store/storage-error.js';
import { restoreSnapshot, takeSnapshot } from '../../tenants/snapshot.js';
import { Snapshot } from '../../tenants/snapshot-schema.js';
import { text } from '../../texts/text.js';
import { textOf } from '../../texts/text-error.js';
import { invalid } from '../control-error.js';
import { downloadName } from '../download-name.js';
import { noteChange } from '../journal-changes.js';
import type { ControlPlugin } from '../options.js';
import { NoContent, responses } from '../response-schemas.js';

/** The largest snapshot that is accepted (bytes). */
const bodyLimit = 256 * 1024 * 1024;
const tags = ['emulator'];

export const snapshot: ControlPlugin = async (app, { tenants }) => {
  const take = {
    operationId: 'takeSnapshot',
    tags,
    summary: 'Takes a snapshot of the tenant',
    description:
      'For sharing a state, or for a bug report. It has the settings, the clock, the differences from the fixtures, scenarios, consents, and whole codes and tokens. It does not have the journal or open consent screens.',
    response: responses(200, Snapshot),
  };
  app.get('/_emulator/snapshot', { schema: take }, async ({ tenant }, reply) => {
    reply.header('content-disposition', downloadName(tenant, 'snapshot.json'));
    return takeSnapshot(tenant);
  });

  const restore = {
    operationId: 'restoreSnapshot',
    tags,
    summary: 'Restores a snapshot',
    description:
      'Replaces the state of the tenant. The clock continues from the time of the snapshot, so tokens that were valid are still valid. Use it with the same fixtures: a snapshot has only the differences from them.',
    body: Snapshot,
    response: responses(204, NoContent, 400),
  };
  // The body is large and has whole tokens, so the journal does not get it.
  const preValidation = async (request: { sentBody: string }) => {
    request.sentBody = '';
  };
  app.put('/_emulator/snapshot', { schema: restore, bodyLimit, preValidation }, async (request, reply) => {
    const { body } = request;
    const { name } = request.tenant;
    request.tenant = await restoreSnapshot(tenants, name, body).catch((error: Error) => {
      throw error instanceof StorageError ? error : invalid(textOf(error));
    });
    noteChange(request, text('snapshot-restored', { grants: body.grants.length, scenarios: body.scenarios.length }));
    return reply.status(204).send(null);
  });
};
