import type { Emulator } from '../emulator/emulator.js';
import { newWorld } from './emulator.js';

/** A tenant with its merchants, and a page of it. */
export function worldAndPage(emulator: Emulator) {
  const world = newWorld(emulator);
  const page = async (path: string) =>
    (await emulator.app.inject(`/t/${world.tenant.name}${path}`)).payload.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
  return { world, page };
}
