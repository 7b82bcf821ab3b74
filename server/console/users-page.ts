import type { FastifyInstance } from 'fastify';
import { sendPage } from '../pages/render.js';
import type { UserRecord } from '../records/schema.js';
import { text } from '../texts/text.js';
import { goBack, noteAction } from './after-action.js';
import { consoleModel } from './console-model.js';

/** The page that lists the users, each with what they do now. */
export async function usersPage(app: FastifyInstance): Promise<void> {
  app.get('/users', async (request, reply) => sendPage(reply, 'users', consoleModel(request)));
  app.post<{ Params: { id: string } }>('/users/:id/reset-behaviour', async (request, reply) => {
    const { tenant, params } = request;
    const user = tenant.users.get(params.id);
    if (user === undefined) return goBack(request, reply, 'unknown', '/users');
    const { behaviour: _, ...others } = user.record;
    const original = tenant.users.original(params.id)?.record.behaviour;
    const record: UserRecord = { ...others, ...(original && { behaviour: original }) };
    tenant.put('user', params.id, record);
    await noteAction(request, reply, 'changeUser', text('behaviour-reset', { id: params.id }), {
      userId: params.id,
    });
    return goBack(request, reply, 'behaviour-reset', '/users');
  });
}
