import Type, { type Static } from 'typebox';
import type { Profile } from '../profiles/profile.js';
import type { UserEntry } from '../records/entries.js';
import type { Listing } from '../records/listing.js';
import { closed, Lifetimes } from '../schemas/common.js';

/** A tenant's settings. They can be changed at run time. */
export const Settings = Type.Object(
  {
    wallet: Type.String({ minLength: 1, description: 'the name of a profile' }),
    user: Type.String({ minLength: 1, description: 'the userId of the user who is logged in to the wallet' }),
    consent: Type.Enum(['ask', 'grant', 'deny'], { description: 'ask the user, or decide without a screen' }),
    firstScreen: Type.Enum(['note', 'refuse', 'off'], {
      description:
        'if a page asks for consent before the user did anything on it: note it in the journal, refuse it, or ignore it',
    }),
    remember: Type.Boolean({ description: 'whether the user is not asked again for granted scopes' }),
    lifetimes: Lifetimes,
    openapiCors: Type.Boolean({ description: 'whether web pages of any origin may call the OpenAPI (CORS)' }),
    drawer: Type.Boolean({ description: "whether the consent screen has the tester's drawer" }),
  },
  closed,
);
export type SettingsRecord = Static<typeof Settings>;

/** The settings of a new tenant. The profile names the user who is logged in; otherwise it is the first one. */
export function initialSettings(
  profile: Profile,
  users: Listing<UserEntry>,
  { wallet, openapiCors }: Pick<SettingsRecord, 'wallet' | 'openapiCors'>,
): SettingsRecord {
  const { firstUser, consent } = profile.source;
  const user = (firstUser !== undefined && users.get(firstUser)) || users.all().next().value;
  return {
    wallet,
    user: user?.userId ?? '',
    consent: 'ask',
    firstScreen: 'note',
    remember: consent.remember,
    lifetimes: {},
    openapiCors,
    drawer: true,
  };
}
