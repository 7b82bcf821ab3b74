import assert from 'node:assert/strict';
import type { Emulator } from '../emulator/emulator.js';
import { newWorld } from './emulator.js';
import { PageClient } from './page-client.js';

/** A tenant, its page of scenarios, a card of it, and a post that leads back to the page. */
export function openScenariosPage(emulator: Emulator, tenant = newWorld(emulator).tenant) {
  const client = new PageClient(emulator, tenant.name);
  const page = async (lang = 'en') => (await client.get(`/scenarios?lang=${lang}`)).text;
  const card = async (id: string) => {
    const [html = ''] = new RegExp(`<li class="card" id="card-${id}"[\\s\\S]*?\\n</li>`).exec(await page()) ?? [];
    return html;
  };
  const post = async (path: string, form: Record<string, string>) => {
    const { status, headers } = await client.post(`/scenarios${path}`, {
      back: `/t/${tenant.name}/scenarios?lang=en#card-x`,
      ...form,
    });
    assert.equal(status, 303);
    const { pathname, searchParams, hash } = new URL(String(headers.location), 'http://emulator.test');
    assert.equal(pathname, `/t/${tenant.name}/scenarios`);
    return { done: searchParams.get('done'), hash };
  };
  return { tenant, client, page, card, post };
}
