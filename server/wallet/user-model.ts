import { initials, pictureUrl } from '../pages/face.js';
import { noteInWords } from '../pages/note-text.js';
import { mask } from '../profiles/converters.js';
import type { UserEntry } from '../records/entries.js';
import type { Tenant } from '../tenants/tenant.js';

/** The user of a page of the wallet. @param prefix of the tenant's paths */
export function userModel({ userId, record: { name, avatar, loginIdInfos } }: UserEntry, prefix: string) {
  const loginId = loginIdInfos?.[0]?.loginId;
  return {
    userId,
    name,
    avatar: pictureUrl(avatar, prefix),
    initials: initials(name),
    detail: loginId === undefined ? null : mask(loginId),
  };
}

/** The list of accounts. @param prefix of the tenant's paths */
export function userOptions(tenant: Tenant, selected: UserEntry | undefined, lang: string, prefix: string) {
  return Array.from(tenant.users.all(), (user) => ({
    userId: user.userId,
    name: user.record.name,
    avatar: pictureUrl(user.record.avatar, prefix),
    initials: initials(user.record.name),
    note: noteInWords(tenant, user, lang),
    selected: user.userId === selected?.userId,
  }));
}
