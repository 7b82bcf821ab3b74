import type { FastifyInstance } from 'fastify';
import { Changes } from '../schemas/common.js';
import { findProblem, problemText } from '../schemas/problem.js';
import { Settings, type SettingsRecord } from '../tenants/settings.js';
import type { Tenant } from '../tenants/tenant.js';
import { type Text, text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import { type Form, formOf, goBack, noteAction } from './after-action.js';

const SettingsChanges = Changes(Settings);
const choices = ['wallet', 'user', 'consent', 'firstScreen'] as const;
const switches = ['remember', 'openapiCors', 'drawer'] as const;
const lifetimes = ['authCode', 'accessToken', 'refreshToken'] as const;

/** A change that a form asks for, and what the page says about it afterwards. */
export interface SettingsForm {
  changes: Partial<SettingsRecord>;
  /** `accessToken: expected …`; absent: the changes were made. */
  problem?: Text;
}

/** Changes the settings that a form names. */
export function applySettingsForm(tenant: Tenant, form: Form): SettingsForm {
  const changes = readSettingsForm(form);
  const wrong = findProblem(SettingsChanges, changes);
  if (wrong !== undefined) return { changes, problem: problemText(wrong, 'the-form') };
  try {
    tenant.changeSettings(changes);
    return { changes };
  } catch (error) {
    return { changes, problem: textOf(error) };
  }
}

function readSettingsForm(form: Form): Partial<SettingsRecord> {
  const named = Object.fromEntries(choices.filter((name) => form[name] !== undefined).map((name) => [name, form[name]]));
  const switched = Object.fromEntries(
    switches.filter((name) => form[name] !== undefined).map((name) => [name, form[name] === 'true']),
  );
  const asked = lifetimes.filter((name) => form[`lifetimes.${name}`] !== undefined);
  const lasting = asked.flatMap((name): [string, string | number][] => {
    const text = String(form[`lifetimes.${name}`]).trim();
    if (text === '') return [];
    return [[name, /^\d{1,15}$/.test(text) ? Number(text) : text]];
  });
  return { ...named, ...switched, ...(asked.length > 0 && { lifetimes: Object.fromEntries(lasting) }) };
}

/** The menus of wallet and user in the header: each posts one setting. */
export async function menuForms(app: FastifyInstance): Promise<void> {
  for (const name of ['wallet', 'user'] as const)
    app.post(`/settings/${name}`, async (request, reply) => {
      const { changes, problem } = applySettingsForm(request.tenant, { [name]: formOf(request)[name] });
      if (problem !== undefined) return goBack(request, reply, 'nothing');
      await noteAction(
        request,
        reply,
        'changeSettings',
        text('settings-changed', { names: `${name} ${JSON.stringify(changes[name])}` }),
        {
          ...(changes.user !== undefined && { userId: changes.user }),
        },
      );
      return goBack(request, reply, `${name}-changed`);
    });
}
