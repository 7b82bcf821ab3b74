import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Emulator } from '../emulator/emulator.js';
import { connect } from '../sdk/client/connect.js';
import { aurora, auroraKey, openTestEmulator, users } from './emulator.js';
import { Merchant } from './merchant.js';

/** Starts an emulator that shares its state, and closes it after the test. @param store the address of Redis */
export async function openSharing(store: string): Promise<Emulator> {
  const emulator = await openTestEmulator({ store });
  // A test may have stopped Redis before.
  after(() => emulator.close().catch(() => {}));
  return emulator;
}

/** A tenant, as merchants, tests and users of one emulator see it. */
export class TenantView {
  readonly wallet;
  readonly merchant: Merchant;

  constructor(
    readonly emulator: Emulator,
    readonly tenant: string,
  ) {
    this.wallet = connect(`${emulator.url}/t/${tenant}`);
    this.merchant = new Merchant(emulator.url, aurora.clientId, auroraKey, { 'X-Emulator-Tenant': tenant });
  }

  async code(scopes = ['USER_ID', 'USER_NAME']): Promise<string> {
    const { authCode } = await this.wallet.authCodes.issue({ ...aurora, userId: users.tomas, scopes });
    assert.ok(authCode);
    return authCode;
  }

  exchange(authCode: string) {
    return this.merchant.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
  }

  refresh(refreshToken: string) {
    return this.merchant.call('/v2/authorizations/applyToken', { grantType: 'REFRESH_TOKEN', refreshToken });
  }

  userInfo(accessToken: string) {
    return this.merchant.call('/v2/users/inquiryUserInfo', { accessToken });
  }
}
