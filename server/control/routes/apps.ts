import { App, type AppRecord } from '../../records/schema.js';
import { removeRecord } from '../../tenants/records.js';
import type { ControlPlugin } from '../options.js';
import { addRecordRoutes } from '../record-routes.js';
import { resolveClient } from '../resolve-ids.js';

export const apps: ControlPlugin = async (app) => {
  addRecordRoutes<AppRecord>(app, {
    name: 'App',
    plural: 'apps',
    idField: 'appId',
    noun: 'mini program',
    schema: App,
    example: { appId: '3333010071465915000', name: 'Panadería Sol', clientId: '202016726873874774774000' },
    find: (tenant, id) => tenant.apps.get(id),
    all: (tenant) => tenant.apps.all(),
    put: (tenant, id, record) => {
      resolveClient(tenant, record.clientId);
      tenant.put('app', id, record);
    },
    removal: 'Also revokes its tokens and deletes its codes and consents.',
    remove: (tenant, id) => removeRecord(tenant, 'app', id),
  });
};
