import type { FastifyReply, FastifyRequest } from 'fastify';
import { doneField } from '../pages/header-model.js';
import type { Text } from '../texts/text.js';
import { localPath } from './local-path.js';

/** A posted form. A name that occurs several times has a list. */
export type Form = Record<string, string | string[] | undefined>;

/** The fields of the journal entry that name the subject of a person's action. */
export interface ActionFacts {
  clientId?: string;
  appId?: string;
  userId?: string;
  authorizationId?: string;
}

/** The fields of a posted form. */
export function formOf({ body }: FastifyRequest): Form {
  return (body ?? {}) as Form;
}

/**
 * Leads back to the page that has the form, which then says what was done.
 * @param done a key of the texts under `done`
 * @param otherwise the path below the tenant if the form does not say where it came from
 */
export function goBack(request: FastifyRequest, reply: FastifyReply, done: string, otherwise = '/'): FastifyReply {
  return leadTo(reply, localPath(formOf(request).back) ?? request.prefix + otherwise, done);
}

/** Leads to another page, which then says what was done. @param address a path with query and fragment */
export function leadTo(reply: FastifyReply, address: string, done: string): FastifyReply {
  const url = new URL(address, 'http://emulator.invalid');
  url.searchParams.set(doneField, done);
  return reply.redirect(url.pathname + url.search + url.hash, 303);
}

/**
 * Adds the journal entry for what a person did on a page, after the change is stored.
 * @param operation the control API's operation that does the same
 * @param reason the change in a sentence
 */
export async function noteAction(
  request: FastifyRequest,
  reply: FastifyReply,
  operation: string,
  reason: Text,
  about: ActionFacts = {},
): Promise<void> {
  const { tenant, method, headers, raw } = request;
  await tenant.settled();
  tenant.journal.add({
    kind: 'control',
    at: tenant.clock.now(),
    operation,
    method,
    path: raw.address.sentPath,
    ...about,
    status: 303,
    reason,
    durationMs: reply.elapsedTime,
    request: { headers, body: '' },
    response: { headers: {}, body: '' },
    secrets: [],
  });
}
