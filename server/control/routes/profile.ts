import Type from 'typebox';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

const Profile = Type.Record(Type.String(), Type.Unknown(), {
  description: 'As fixtures/wallet.schema.json describes it, whole: what it extends is in it',
});

export const profile: ControlPlugin = async (app) => {
  const schema = {
    operationId: 'readProfile',
    tags: ['emulator'],
    summary: 'The profile of the wallet that is running: its paths, fields, codes, scopes',
    response: responses(200, Profile),
  };
  app.get('/_emulator/profile', { schema }, async ({ tenant }) => ({ ...tenant.profile.source }));
};
