import { App, type AppRecord } from '../../records/schema.js';
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
      if (record !== undefined) resolveClient(tenant, record.clientId);
      tenant.put('app', id, record);
    },
    removal: 'Also revokes its tokens and deletes its codes and consents.',
    removeDependents: (tenant, appId) =>
      tenant.tokens.withdraw({ appOrClientId: appId }, 'a tester, who removed the mini program'),
  });
};
