import { Client, type ClientRecord } from '../../records/schema.js';
import { removeRecord } from '../../tenants/records.js';
import type { ControlPlugin } from '../options.js';
import { addRecordRoutes } from '../record-routes.js';

export const clients: ControlPlugin = async (app) => {
  addRecordRoutes<ClientRecord>(app, {
    name: 'Client',
    plural: 'clients',
    idField: 'clientId',
    noun: 'client',
    schema: Client,
    example: { clientId: '202016726873874774776000', name: 'Panadería Sol', signature: 'off', scopes: ['USER_ID', 'USER_NAME'] },
    find: (tenant, id) => tenant.clients.get(id),
    all: (tenant) => tenant.clients.all(),
    put: (tenant, id, record) => tenant.put('client', id, record),
    removal: 'Also removes its mini programs, codes, tokens and consents.',
    remove: (tenant, id) => removeRecord(tenant, 'client', id),
  });
};
