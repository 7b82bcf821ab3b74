import { brandModel } from '../pages/brand.js';
import { initials, pictureUrl } from '../pages/face.js';
import type { AppEntry } from '../records/entries.js';
import type { Tenant } from '../tenants/tenant.js';

/**
 * The values that every page of the wallet needs.
 * @param prefix of the tenant's paths
 */
export function walletModel(tenant: Tenant, lang: string, prefix: string) {
  const assets = `${prefix}/assets`;
  return { lang, assets, wallet: brandModel(tenant.profile, assets) };
}

/** The mini program that asks. If none does, the client's only mini program is shown, or else the client. */
export function appModel(tenant: Tenant, { clientId }: { clientId: string }, app: AppEntry | undefined, prefix: string) {
  const apps = app === undefined ? tenant.appsOf(clientId) : [app];
  const shown = apps.length === 1 ? apps[0] : undefined;
  const name = shown?.name ?? tenant.clients.get(clientId)?.name ?? clientId;
  return {
    name,
    logo: pictureUrl(shown?.record.logo, prefix),
    initials: initials(name),
    termsUrl: shown?.record.termsUrl ?? null,
  };
}
