import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type Config, readConfig } from '../emulator/config.js';
import { type Emulator, openEmulator } from '../emulator/emulator.js';
import type { ClientRecord } from '../records/schema.js';
import type { Tenant } from '../tenants/tenant.js';
import { Merchant, privateKey } from './merchant.js';

/** The built-in fixtures' clients and their mini programs: Aurora may sign, Faro must. */
export const aurora = { clientId: '202016726873874774774000', appId: '3333010071465913000' };
export const faro = { clientId: '202016726873874774775000', appId: '3333010071465914000' };
/** Users of the built-in fixtures. In this order: decides on the screen, grants, refuses, refuses some scopes, has short tokens. */
export const users = {
  lucia: '1000001119398804001',
  tomas: '1000001119398804002',
  harriet: '1000001119398804003',
  marisol: '1000001119398804004',
  owen: '1000001119398804005',
};

export const auroraKey = privateKey('demo-merchant.private.pem');
const faroKey = privateKey('demo-merchant-2.private.pem');

/** Starts an emulator on a free port. */
export function openTestEmulator(changes: Partial<Config> = {}): Promise<Emulator> {
  return openEmulator({ ...readConfig({ port: 0 }, {}), ...changes }, undefined);
}

/** Starts an emulator for a whole test file. It is closed after the file's last test. */
export async function emulatorForFile(changes: Partial<Config> = {}): Promise<Emulator> {
  const emulator = await openTestEmulator(changes);
  after(() => emulator.close());
  return emulator;
}

/** Creates a folder that is deleted after the file's last test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'billetera-test-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A tenant with its two merchants, and codes for them. */
export class World {
  readonly aurora: Merchant;
  readonly faro: Merchant;

  constructor(
    url: string,
    readonly tenant: Tenant,
    headers: Record<string, string> = { 'X-Emulator-Tenant': tenant.name },
  ) {
    this.aurora = new Merchant(url, aurora.clientId, auroraKey, headers);
    this.faro = new Merchant(url, faro.clientId, faroKey, headers);
  }

  /** Issues a code for Aurora's client, without a browser. */
  async code(
    options: {
      scopes?: string[];
      user?: string;
      client?: string;
      app?: string | undefined;
      lifetimes?: { authCode?: number; accessToken?: number; refreshToken?: number };
    } = {},
  ): Promise<string> {
    const { tenant } = this;
    const { scopes = ['USER_ID'], user = users.tomas, client = aurora.clientId, lifetimes } = options;
    const appId = 'app' in options ? options.app : client === aurora.clientId ? aurora.appId : faro.appId;
    const app = appId === undefined ? undefined : tenant.apps.get(appId);
    const found = { client: tenant.clients.get(client), user: tenant.users.get(user) };
    assert.ok(found.client && found.user);
    const code = await tenant.authorizations.issue(
      { client: found.client, user: found.user, scopes, ...(app && { app }), ...(lifetimes && { lifetimes }) },
      scopes,
    );
    return code.authCode;
  }

  /** Issues a code and exchanges it. */
  async tokens(options: Parameters<World['code']>[0] = {}) {
    const answer = await this.aurora.call('/v2/authorizations/applyToken', {
      grantType: 'AUTHORIZATION_CODE',
      authCode: await this.code(options),
    });
    assert.equal(answer.code, 'SUCCESS', answer.message);
    return answer.body;
  }

  refresh(refreshToken: string) {
    return this.aurora.call('/v2/authorizations/applyToken', { grantType: 'REFRESH_TOKEN', refreshToken });
  }

  userInfo(accessToken: string) {
    return this.aurora.call('/v2/users/inquiryUserInfo', { accessToken });
  }

  revoke(accessToken: string) {
    return this.aurora.call('/v2/authorizations/revoke', { accessToken });
  }

  /** Changes a client's record. */
  changeClient(clientId: string, changes: Partial<ClientRecord>): void {
    const client = this.tenant.clients.get(clientId);
    assert.ok(client);
    this.tenant.put('client', clientId, { ...client.record, ...changes });
  }
}

let worlds = 0;

/** A tenant that no other test uses. */
export function newWorld(emulator: Emulator): World {
  return new World(emulator.url, emulator.tenants.get(`world-${++worlds}`));
}

/** Durations in milliseconds. */
export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => minutes(60 * count);
export const days = (count: number) => hours(24 * count);
