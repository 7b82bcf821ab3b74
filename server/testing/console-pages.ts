import assert from 'node:assert/strict';
import type { Emulator } from '../emulator/emulator.js';
import { newWorld } from './emulator.js';
import { PageClient } from './page-client.js';

/** A tenant, its pages, and a post that must lead back to a page that says what was done. */
export function openConsolePages(emulator: Emulator) {
  const world = newWorld(emulator);
  const { tenant } = world;
  const client = new PageClient(emulator, tenant.name);
  const page = async (path: string) => (await client.get(`${path}${path.includes('?') ? '&' : '?'}lang=en`)).text;
  const act = async (path: string, form: Record<string, string | string[]>) => {
    const back = `/t/${tenant.name}/users?lang=en`;
    const { status, headers } = await client.post(path, { back, ...form });
    assert.equal(status, 303);
    const address = new URL(String(headers.location), 'http://emulator.test');
    return { path: address.pathname, done: address.searchParams.get('done'), hash: address.hash };
  };
  return { world, tenant, client, page, act };
}
