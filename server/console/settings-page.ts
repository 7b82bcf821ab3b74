import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { catalogue, phrase } from '../pages/catalogues.js';
import { sendPage } from '../pages/render.js';
import { type Text, text } from '../texts/text.js';
import { inLanguage } from '../texts/write-text.js';
import { type Form, formOf, goBack, noteAction } from './after-action.js';
import { consoleModel } from './console-model.js';
import { applySettingsForm } from './settings-form.js';

const options = {
  consent: ['ask', 'grant', 'deny'],
  firstScreen: ['note', 'refuse', 'off'],
  remember: ['true', 'false'],
  drawer: ['true', 'false'],
  openapiCors: ['true', 'false'],
} as const;

const lifetimes = ['authCode', 'accessToken', 'refreshToken'] as const;

/** The page that shows and changes the tenant's settings. */
export async function settingsPage(app: FastifyInstance): Promise<void> {
  app.get('/settings', async (request, reply) => sendSettings(request, reply));
  app.post('/settings', async (request, reply) => {
    const form = formOf(request);
    const { changes, problem } = applySettingsForm(request.tenant, form);
    if (problem !== undefined) return sendSettings(request, reply.status(400), form, problem);
    const named = Object.entries(changes).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
    await noteAction(request, reply, 'changeSettings', text('settings-changed', { names: named }));
    return goBack(request, reply, 'saved', '/settings');
  });
}

function sendSettings(request: FastifyRequest, reply: FastifyReply, typed?: Form, found?: Text): Promise<string> {
  const { settings, profile } = request.tenant;
  const model = consoleModel(request);
  const problem = found && inLanguage(found, model.lang);
  const say = (key: string) => phrase(catalogue(model.lang), `settings.${key}`) ?? key;
  const wrong = problem === undefined ? undefined : /^(?:lifetimes\.)?(\w+)/.exec(problem)?.[1];
  return sendPage(reply, 'settings', {
    ...model,
    choices: Object.entries(options).map(([name, values]) => {
      const current = typed?.[name] ?? String(settings[name as keyof typeof options]);
      return {
        name,
        label: say(`choices.${name}.label`),
        hint: say(`choices.${name}.hint`),
        values: values.map((value) => ({ value, text: say(`choices.${name}.${value}`), chosen: value === current })),
      };
    }),
    lifetimes: lifetimes.map((name) => ({
      name,
      label: say(`lifetimes.${name}`),
      value: typed?.[`lifetimes.${name}`] ?? settings.lifetimes[name] ?? '',
      seconds: profile.lifetimes[name] / 1000,
      problem: name === wrong ? problem : undefined,
    })),
    problem,
  });
}
