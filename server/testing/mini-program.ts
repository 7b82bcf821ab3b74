import assert from 'node:assert/strict';
import { aurora } from './emulator.js';

/** What my.getAuthCode's callbacks get. */
export interface AuthCodeResult {
  authCode?: string;
  authSuccessScopes?: string[];
  authErrorScopes?: Record<string, string>;
  error?: number;
  errorMessage?: string;
}

/** A mini program's page, as its bridge calls the wallet. */
export class MiniProgram {
  readonly #url: string;
  readonly #tenant: string;

  constructor(url: string, tenant: string) {
    this.#url = url;
    this.#tenant = tenant;
  }

  /** Calls a JSAPI over HTTP. */
  send(name: string, params: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.#url}/wallet/jsapi`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-emulator-tenant': this.#tenant,
        origin: 'http://localhost:3000',
        ...headers,
      },
      body: JSON.stringify({ name, params, appId: aurora.appId, gesture: true }),
    });
  }

  /** `my.getAuthCode`, where no screen is needed. */
  async getAuthCode(scopes: string[], headers: Record<string, string> = {}): Promise<AuthCodeResult> {
    const answer = await this.call(scopes, headers);
    assert.ok('result' in answer, JSON.stringify(answer));
    return answer.result;
  }

  /** `my.getAuthCode`: its result, or the sheet that the bridge would show. */
  async call(
    scopes: string[],
    headers: Record<string, string> = {},
  ): Promise<{ ok: boolean; result: AuthCodeResult } | { sheet: string }> {
    const response = await this.send('getAuthCode', { scopes }, headers);
    assert.equal(response.status, 200);
    return (await response.json()) as { ok: boolean; result: AuthCodeResult };
  }
}
