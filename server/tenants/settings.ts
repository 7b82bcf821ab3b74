import Type, { type Static } from 'typebox';
import { closed, Lifetimes } from '../schemas/common.js';

/** What can change while it runs. */
export const Settings = Type.Object(
  {
    wallet: Type.String({ minLength: 1, description: "a profile's name, or a path to a profile" }),
    user: Type.String({ minLength: 1, description: 'the userId of who is logged in to the wallet' }),
    consent: Type.Enum(['ask', 'grant', 'deny'], { description: 'ask the user, or decide without a screen' }),
    firstScreen: Type.Enum(['note', 'refuse', 'off'], {
      description: 'consent asked for before the user did anything on the page: note it, refuse it, or neither',
    }),
    remember: Type.Boolean({ description: 'whether what was granted is not asked for again' }),
    lifetimes: Lifetimes,
    drawer: Type.Boolean({ description: "whether the consent screen has the tester's drawer" }),
  },
  closed,
);
export type SettingsRecord = Static<typeof Settings>;
