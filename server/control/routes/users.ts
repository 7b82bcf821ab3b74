import { User, type UserRecord } from '../../records/schema.js';
import { removeRecord } from '../../tenants/records.js';
import type { ControlPlugin } from '../options.js';
import { addRecordRoutes } from '../record-routes.js';

export const users: ControlPlugin = async (app) => {
  addRecordRoutes<UserRecord>(app, {
    name: 'User',
    plural: 'users',
    idField: 'userId',
    noun: 'user',
    schema: User,
    example: { userId: '1000001119398804099', name: 'Nadia Ferrán', country: 'MX', behaviour: { consent: 'grant' } },
    find: (tenant, id) => tenant.users.get(id),
    all: (tenant) => tenant.users.all(),
    put: (tenant, id, record) => tenant.put('user', id, record),
    removal:
      'Also removes the codes, tokens and consents of the user. If the user was logged in to the wallet, the first of the other users is logged in.',
    remove: (tenant, id) => removeRecord(tenant, 'user', id),
  });
};
