import assert from 'node:assert/strict';
import type { Emulator } from '../emulator/emulator.js';
import { aurora } from './emulator.js';

export interface Answer {
  status: number;
  text: string;
  headers: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: any JSON; undefined if the answer is not JSON
  body: any;
}

export type Headers = Record<string, string>;

/** Calls the wallet's pages without a browser: as the bridge of a mini program's page, and as a browser that posts forms. */
export class PageClient {
  /** The page's origin. */
  static readonly origin = 'http://localhost:3000';

  constructor(
    readonly emulator: Emulator,
    readonly tenant: string,
  ) {}

  /** @param path below the tenant, or an address that the wallet gave */
  async send(method: 'GET' | 'POST' | 'OPTIONS', path: string, payload?: string, headers: Headers = {}): Promise<Answer> {
    const url = path.startsWith('http') ? path.replace(/^\w+:\/\/[^/]+/, '') : `/t/${this.tenant}${path}`;
    const answer = await this.emulator.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    const body = isJson && answer.payload !== '' ? JSON.parse(answer.payload) : undefined;
    return { status: answer.statusCode, text: answer.payload, headers: answer.headers, body };
  }

  get(path: string, headers: Headers = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, form: Record<string, string | string[]>, headers: Headers = {}): Promise<Answer> {
    const fields = Object.entries(form).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    );
    return this.send('POST', path, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    });
  }

  /** A call as the bridge makes it, from a page of `PageClient.origin` unless the headers say otherwise. */
  call(name: string, params: object = {}, more: object = {}, headers: Headers = { origin: PageClient.origin }): Promise<Answer> {
    const body = { name, params, appId: aurora.appId, gesture: true, ancestors: [], ...more };
    return this.send('POST', '/wallet/jsapi', JSON.stringify(body), { 'content-type': 'text/plain', ...headers });
  }

  /** Asks for scopes as a page. @returns the address of the sheet */
  async sheet(scopes: string[], more: object = {}): Promise<string> {
    const { body } = await this.call('getAuthCode', { scopes }, more);
    assert.ok(body.sheet, JSON.stringify(body));
    return body.sheet;
  }
}

/** Reads the message that a sheet's last page posts to the page that asked, and its target origin. */
export function postedMessage({ text }: Pick<Answer, 'text'>) {
  const [, origin, message = ''] = /data-origin="([^"]*)" data-message="([^"]*)"/.exec(text) ?? [];
  const json = message.replaceAll('&quot;', '"').replaceAll('&#x3D;', '=').replaceAll('&#x27;', "'").replaceAll('&amp;', '&');
  return { origin, ...(JSON.parse(json || '{}') as { ok?: boolean; result?: Record<string, unknown> }) };
}

/** A directive of a page's Content-Security-Policy. */
export function policy({ headers }: Answer, directive: string): string | undefined {
  const directives = String(headers['content-security-policy']).split('; ');
  return directives.find((part) => part.startsWith(`${directive} `))?.slice(directive.length + 1);
}
