import Type from 'typebox';
import { Dictionary } from '../../schemas/common.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';

const Profile = Dictionary(Type.Unknown(), {
  description: 'As in fixtures/wallet.schema.json, with the fields of the profile that it extends',
});

export const profile: ControlPlugin = async (app) => {
  const schema = {
    operationId: 'readProfile',
    tags: ['emulator'],
    summary: "The profile of the tenant's wallet: paths, fields, codes, scopes",
    response: responses(200, Profile),
  };
  app.get('/_emulator/profile', { schema }, async ({ tenant }) => ({ ...tenant.profile.source }));
};
