import type { UserEntry } from '../records/entries.js';
import { textIn } from '../schemas/localized-text.js';
import type { Tenant } from '../tenants/tenant.js';
import { catalogue, phrase } from './catalogues.js';
import { durationInWords } from './duration-text.js';

/**
 * Says in a sentence what a user does now, by their behaviour and the tenant's settings, and adds the note of their record.
 * A note that may describe an earlier behaviour is left out.
 */
export function noteInWords(tenant: Tenant, user: UserEntry, lang: string): string {
  const note = isOutdated(tenant, user) ? null : textIn(user.record.note, lang);
  const behaviour = behaviourInWords(tenant, user, lang);
  return note === null || note === '' ? behaviour : `${behaviour}. ${note}`;
}

/** Says how a user answers: `Refuses USER_NAME, grants the rest, after 3 sec; access tokens live 5 sec`. */
export function behaviourInWords({ settings }: Tenant, user: UserEntry, lang: string): string {
  const say = (key: string, values: Record<string, string> = {}) =>
    (phrase(catalogue(lang), `behaviour.${key}`) ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  const delay = user.delay > 0 ? `, ${say('delay', { delay: durationInWords(user.delay, lang) })}` : '';
  const lifetimes = Object.entries(user.lifetimes).map(
    ([token, ms]) => `; ${say(`lifetimes.${token}`, { lifetime: durationInWords(ms, lang) })}`,
  );
  return `${answerInWords(settings.consent, user, say, lang)}${delay}${lifetimes.join('')}`;
}

function answerInWords(
  setting: 'ask' | 'grant' | 'deny',
  { consent, refuse, error }: UserEntry,
  say: (key: string, values?: Record<string, string>) => string,
  lang: string,
): string {
  if (error !== undefined) return say('fails', { error: String(error) });
  const scopes = new Intl.ListFormat(lang).format(Object.keys(refuse));
  const answer = consent ?? setting;
  const bySetting = consent === undefined && setting !== 'ask' ? ` ${say('bySetting')}` : '';
  if (scopes === '' || answer === 'deny') return say(answer) + bySetting;
  return say(`${answer}But`, { scopes }) + bySetting;
}

/** Returns true if a user answers without the consent screen: by their behaviour, else by the tenant's setting. */
export function answersAlone({ settings }: Tenant, { consent, error }: UserEntry): boolean {
  return error !== undefined || (consent ?? settings.consent) !== 'ask';
}

/** Returns true if the fixtures gave the user a behaviour, which the note may describe, and it was changed. */
function isOutdated({ users }: Tenant, { userId, record }: UserEntry): boolean {
  const original = users.original(userId)?.record.behaviour;
  return original !== undefined && JSON.stringify(original) !== JSON.stringify(record.behaviour);
}
