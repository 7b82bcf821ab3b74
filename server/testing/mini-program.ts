import assert from 'node:assert/strict';
import { aurora } from './emulator.js';
import { postedMessage } from './page-client.js';

/** The value for the callbacks of my.getAuthCode. */
export interface AuthCodeResult {
  authCode?: string;
  authSuccessScopes?: string[];
  authErrorScopes?: Record<string, string>;
  error?: number;
  errorMessage?: string;
}

/** The wallet's answer to a JSAPI call: the result for the callbacks, or the address of the sheet that the bridge shows. */
export interface JsapiAnswer {
  ok: boolean;
  result: Record<string, unknown>;
  sheet?: string;
}

/** A mini program's page. It calls the wallet over HTTP as the bridge does, and its user answers the consent sheet. */
export class MiniProgram {
  constructor(
    readonly url: string,
    readonly tenant: string,
    readonly appId = aurora.appId,
    readonly origin = 'http://localhost:3000',
  ) {}

  /** Calls a JSAPI. @returns the HTTP response */
  send(name: string, params: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}/t/${this.tenant}/wallet/jsapi`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.origin, ...headers },
      body: JSON.stringify({ name, params, appId: this.appId, gesture: true, ancestors: [] }),
    });
  }

  /** Calls a JSAPI. @returns its result, or the sheet */
  async call(name: string, params: object = {}, headers: Record<string, string> = {}): Promise<JsapiAnswer> {
    const response = await this.send(name, params, headers);
    assert.equal(response.status, 200);
    return (await response.json()) as JsapiAnswer;
  }

  /** `my.getAuthCode` when the wallet shows no sheet. */
  async getAuthCode(scopes: string[], headers: Record<string, string> = {}): Promise<AuthCodeResult> {
    const answer = await this.call('getAuthCode', { scopes }, headers);
    assert.ok('result' in answer, JSON.stringify(answer));
    return answer.result;
  }

  /** Submits the sheet's form. @returns the result that the sheet posts to the page */
  async decide(sheet: string | undefined, decision: 'allow' | 'deny' | 'close', scopes: string[] = []): Promise<JsapiAnswer> {
    const answer = await submitConsent(sheet, decision, scopes);
    assert.equal(answer.status, 200);
    const { origin, ...message } = postedMessage({ text: await answer.text() });
    assert.equal(origin, this.origin);
    return message as JsapiAnswer;
  }

  /** Calls a JSAPI and answers its sheet. */
  async ask(
    name: string,
    params: { scopes: string[]; usage?: string },
    decision: 'allow' | 'deny' | 'close',
  ): Promise<JsapiAnswer> {
    const { sheet, ...answer } = await this.call(name, params);
    assert.ok(sheet, JSON.stringify(answer));
    return this.decide(sheet, decision, params.scopes);
  }
}

/** Opens a consent screen and submits its form. Does not follow a redirect. */
export async function submitConsent(address: string | undefined, decision: string, scopes: string[]): Promise<Response> {
  assert.ok(address);
  const shown = await fetch(address);
  assert.equal(shown.status, 200, await shown.clone().text());
  const form = new URLSearchParams({ decision });
  for (const scope of scopes) form.append('scope', scope);
  return fetch(address, { method: 'POST', body: form, redirect: 'manual' });
}
