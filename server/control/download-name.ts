import type { Tenant } from '../tenants/tenant.js';

/**
 * The header that names the file in which a browser saves an answer: what it is, the wallet, and the time by the emulator's clock.
 * @param ending such as `report.json`
 */
export function downloadName({ profile, clock }: Tenant, ending: string): string {
  const time = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(':', '-');
  return `attachment; filename="billetera-${profile.name.replace(/[^\w.-]/g, '_')}-${time}.${ending}"`;
}
