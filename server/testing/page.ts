import assert from 'node:assert/strict';
import type { DialectWorld } from './dialects/dialect-world.js';
import { faro } from './emulator.js';

/** What a mini program's callback gets, or the sheet that the bridge would show. */
export interface PageAnswer {
  ok: boolean;
  result: Record<string, unknown>;
  sheet?: string;
}

/** A mini program's page: it calls as the bridge does, and its user answers the sheet's form. */
export class Page {
  constructor(
    readonly world: DialectWorld,
    readonly appId = faro.appId,
    readonly origin = 'http://localhost:3000',
  ) {}

  async call(name: string, params: object = {}): Promise<PageAnswer> {
    const { emulator, tenant } = this.world;
    const answer = await fetch(`${emulator.url}/t/${tenant}/wallet/jsapi`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: this.origin },
      body: JSON.stringify({ name, params, appId: this.appId, gesture: true, ancestors: [] }),
    });
    assert.equal(answer.status, 200);
    return (await answer.json()) as PageAnswer;
  }

  /** Sends the sheet's form. @returns what the page hears then */
  async decide(sheet: string | undefined, decision: 'allow' | 'deny' | 'close', scopes: string[] = []): Promise<PageAnswer> {
    const answer = await submit(sheet, decision, scopes);
    assert.equal(answer.status, 200);
    const [, origin, message = ''] = /data-origin="([^"]*)" data-message="([^"]*)"/.exec(await answer.text()) ?? [];
    assert.equal(origin, this.origin);
    return JSON.parse(message.replaceAll('&quot;', '"').replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'));
  }

  /** Calls, and answers the sheet. */
  async ask(
    name: string,
    params: { scopes: string[]; usage?: string },
    decision: 'allow' | 'deny' | 'close',
  ): Promise<PageAnswer> {
    const asked = await this.call(name, params);
    assert.ok(asked.sheet, JSON.stringify(asked));
    return this.decide(asked.sheet, decision, params.scopes);
  }
}

/** Sends a consent screen's form, and follows no redirect. */
export async function submit(address: string | undefined, decision: string, scopes: string[]): Promise<Response> {
  assert.ok(address);
  const shown = await fetch(address);
  assert.equal(shown.status, 200, await shown.clone().text());
  const form = new URLSearchParams({ decision });
  for (const scope of scopes) form.append('scope', scope);
  return fetch(address, { method: 'POST', body: form, redirect: 'manual' });
}
