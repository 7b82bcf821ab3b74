import type { Settings } from '../../server/sdk/client/records.ts';

/** The users of fixtures/users.json, by their behaviour. */
export const users = {
  asked: '1000001119398804001',
  grants: '1000001119398804002',
  refuses: '1000001119398804003',
  refusesNameAndContact: '1000001119398804004',
  shortLived: '1000001119398804005',
};

/** Café Aurora, the merchant of fixtures/clients.json, and its mini program. */
export const clientId = '202016726873874774774000';
export const appId = '3333010071465913000';

/** A journal entry. */
export interface Call {
  id: string;
  operation: string;
  resultCode: string;
  reason: string;
  findings: string[];
  signature?: { verified: boolean | null };
  request: { body: string };
  response: { body: string };
}

/** A tenant of the emulator for one test, driven by the control API. */
export class Wallet {
  /** The emulator's address with the tenant's path: mini programs load `<url>/my.js`. */
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  get bridge(): string {
    return `${this.url}/my.js`;
  }

  /** The origin that a Content-Security-Policy has to name. */
  get origin(): string {
    return new URL(this.url).origin;
  }

  /** @param by an ISO 8601 duration */
  async advance(by: string): Promise<void> {
    await this.control('POST', 'clock/advance', { by });
  }

  async change(settings: Partial<Settings>): Promise<void> {
    await this.control('PUT', 'settings', settings);
  }

  async settings(): Promise<Settings> {
    return this.control('GET', 'settings');
  }

  /** The calls of an operation, newest first. */
  async calls(operation: string): Promise<Call[]> {
    return (await this.control<{ entries: Call[] }>('GET', `journal?operation=${operation}`)).entries;
  }

  /** @throws Error with the emulator's message, if it refuses */
  async control<Answer = unknown>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.url}/_emulator/${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as Answer;
  }
}
