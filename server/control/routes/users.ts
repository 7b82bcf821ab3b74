import { User, type UserRecord } from '../../records/schema.js';
import type { ControlPlugin } from '../options.js';
import { addRecordRoutes } from '../record-routes.js';

export const users: ControlPlugin = async (app) => {
  addRecordRoutes<UserRecord>(app, {
    name: 'User',
    plural: 'users',
    idField: 'userId',
    called: 'user',
    schema: User,
    example: { userId: '1000001119398804099', name: 'Nadia Ferrán', country: 'MX', behaviour: { consent: 'grant' } },
    find: (tenant, id) => tenant.users.get(id),
    all: (tenant) => tenant.users.all(),
    put: (tenant, id, record) => tenant.put('user', id, record),
    removal: 'Codes, tokens and consents go with them; where they were logged in to the wallet, the first of the others is.',
    removed: async (tenant, userId) => {
      const { currentUser, settings } = tenant;
      if (settings.user === userId && currentUser !== undefined) tenant.changeSettings({ user: currentUser.userId });
      await tenant.store.forgetOwner({ userId });
    },
  });
};
