import { renderPart } from '../pages/render.js';
import type { Tenant } from '../tenants/tenant.js';
import { panelsModel } from './panels-model.js';
import { eventText, type OpenPage, TenantSender } from './sender.js';

/** The panels are computed from the whole journal, so they are sent less often than rows. */
const intervalMs = 1000;

/** Sends the panels of a tenant's dashboard. */
export class PanelSender extends TenantSender {
  constructor(page: OpenPage) {
    super(page, intervalMs);
  }

  protected async message(tenant: Tenant): Promise<string> {
    const { app, lang, prefix } = this.page;
    const model = await panelsModel(tenant, prefix, lang);
    return eventText('panels', { html: await renderPart(app, 'live-panels', { lang, base: prefix, ...model }) });
  }
}
