import type { WantedScopes } from '../engine/scopes.js';
import type { Ticket } from '../engine/store.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { noteInWords } from '../pages/note-text.js';
import type { AppEntry, UserEntry } from '../records/entries.js';
import { hasChangedBehaviour } from '../tenants/behaviour.js';
import type { Tenant } from '../tenants/tenant.js';
import { drawerModel } from './drawer-model.js';
import type { FormState } from './form-state.js';
import { chargeModels, scopeGroups } from './scope-model.js';
import { screenMode } from './tickets.js';
import { userModel, userOptions } from './user-model.js';
import { appModel, walletModel } from './wallet-model.js';

export interface ConsentModelInput {
  tenant: Tenant;
  ticket: Ticket;
  app: AppEntry | undefined;
  user: UserEntry;
  wanted: WantedScopes;
  lang: string;
  /** Of the tenant's paths. */
  prefix: string;
  /** True if the screen has the tester's drawer. */
  hasDrawer: boolean;
  /** The form before the user was changed; absent when the screen is first shown. */
  formState: FormState | undefined;
}

/** The values of the consent screen: the mini program, the user, and each scope in words that a user understands. */
export function consentModel({ tenant, ticket, app, user, wanted, lang, prefix, hasDrawer, formState }: ConsentModelInput) {
  const shown = { tenant, user, lang, unticked: formState?.unticked };
  const charges = wanted.ask.filter((scope) => tenant.profile.scopes.get(scope)?.grantsCharge);
  const data = wanted.ask.filter((scope) => !charges.includes(scope));
  const isAgreement = ticket.contract !== undefined || charges.length > 0;
  return {
    ...walletModel(tenant, lang, prefix),
    mode: screenMode(ticket),
    action: `${prefix}/wallet/consent?id=${encodeURIComponent(ticket.ticketId)}&lang=${lang}`,
    app: appModel(tenant, ticket, app, prefix),
    user: userModel(user, prefix),
    users: userOptions(tenant, user, lang, prefix),
    userChanged: formState !== undefined,
    choice: tenant.profile.source.consent.choice,
    words: buttonWords(tenant, lang),
    asks: data.length === 0 ? 'consent.asksContract' : isAgreement ? 'consent.asksBoth' : 'consent.asks',
    agreement: ticket.contract !== undefined || data.length === 0,
    contract: ticket.contract === undefined ? null : { description: ticket.contract },
    purpose: ticket.purpose ?? null,
    groups: scopeGroups(data, shown),
    charges: chargeModels(charges, shown),
    drawer: hasDrawer ? drawerModel(wanted.ask, lang, formState?.drawer, changedUsers(tenant, lang)) : null,
  };
}

function changedUsers(tenant: Tenant, lang: string) {
  return Array.from(tenant.users.all())
    .filter(({ userId }) => hasChangedBehaviour(tenant, userId))
    .map((user) => ({ userId: user.userId, name: user.record.name, note: noteInWords(tenant, user, lang) }));
}

/** A wallet may have its own words for the buttons. */
function buttonWords({ profile }: Tenant, lang: string) {
  const words = profile.source.consent.words?.[lang];
  return {
    allow: words?.allow ?? phrase(catalogue(lang), 'consent.allow'),
    refuse: words?.refuse ?? phrase(catalogue(lang), 'consent.deny'),
  };
}
