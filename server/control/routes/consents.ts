import Type, { type Static } from 'typebox';
import type { Consent as StoredConsent } from '../../engine/store.js';
import { closed, Dictionary, Instant, Time } from '../../schemas/common.js';
import type { Tenant } from '../../tenants/tenant.js';
import { text } from '../../texts/text.js';
import { exists, invalid, notFound } from '../control-error.js';
import { locationOf } from '../created.js';
import { patchMediaTypes } from '../document-conventions.js';
import { formatInstant, parseInstant } from '../instant.js';
import { noteChange } from '../journal-changes.js';
import type { ControlApp, ControlPlugin } from '../options.js';
import { resolveApp, resolveClient, resolveScopes, resolveUser } from '../resolve-ids.js';
import { NoContent, responses } from '../response-schemas.js';
import { ScopeList } from './auth-codes.js';

export const Consent = Type.Object(
  {
    consentId: Type.String({ description: 'userId.appId, or userId.clientId for an authorization without a mini program' }),
    userId: Type.String(),
    clientId: Type.String(),
    appId: Type.Optional(Type.String()),
    scopes: Dictionary(Instant, { description: 'scope → when the user agreed to it' }),
  },
  { description: 'The scopes that a user has agreed to' },
);
const ConsentList = Type.Object({ consents: Type.Array(Consent) }, { description: 'All consents' });
export const ConsentRequest = Type.Object(
  {
    userId: Type.String(),
    clientId: Type.Optional(Type.String({ description: 'without an appId: an authorization without a mini program' })),
    appId: Type.Optional(Type.String()),
    scopes: ScopeList,
  },
  { ...closed, examples: [{ userId: '1000001119398804001', appId: '3333010071465913000', scopes: ['USER_NAME'] }] },
);
export const ConsentChanges = Type.Object(
  {
    scopes: Type.Optional(
      Type.Union([ScopeList, Dictionary(Type.Union([Time, Type.Null()]))], {
        description:
          'a list of all scopes, or an object that is merged: scope → when the user agreed to it, or null to remove it',
      }),
    ),
  },
  { ...closed, examples: [{ scopes: ['USER_NAME', 'USER_AVATAR'] }, { scopes: { USER_NAME: null } }] },
);
const params = Type.Object({ consentId: Type.String() });

const tags = ['consents'];
const one = '/_emulator/consents/:consentId';

export const consents: ControlPlugin = async (app) => {
  addList(app);
  addRead(app);
  addCreate(app);
  addChange(app);
  addDelete(app);
};

function addList(app: ControlApp): void {
  const list = { operationId: 'listConsents', tags, summary: 'Lists all consents', response: responses(200, ConsentList) };
  app.get('/_emulator/consents', { schema: list }, async ({ tenant }) => ({
    consents: (await tenant.store.consents()).map(view),
  }));
}

function addRead(app: ControlApp): void {
  const read = { operationId: 'readConsent', tags, summary: 'Reads one consent', params, response: responses(200, Consent, 404) };
  app.get(one, { schema: read }, async ({ tenant, params: { consentId } }) => view(await findConsent(tenant, consentId)));
}

function addCreate(app: ControlApp): void {
  const create = {
    operationId: 'createConsent',
    tags,
    summary: 'Adds a consent',
    body: ConsentRequest,
    response: responses(201, Consent, 400, 409),
  };
  app.post('/_emulator/consents', { schema: create }, async (request, reply) => {
    const { tenant, body } = request;
    const { userId } = resolveUser(tenant, body.userId);
    const consent = { userId, ...resolveOwner(tenant, body), scopes: stamp(tenant, resolveScopes(tenant, body.scopes)) };
    if ((await tenant.store.findConsent(userId, keyOf(consent))) !== undefined)
      throw exists(text('consent-exists', { id: idOf(consent) }));
    await tenant.store.rememberConsent(consent);
    noteChange(request, text('consent-added', { userId, scopes: body.scopes }), {
      ...consent,
      scopes: body.scopes,
    });
    const created = view(consent);
    return reply
      .status(201)
      .header('location', locationOf(request, 'consents', created.consentId))
      .send(created);
  });
}

function addChange(app: ControlApp): void {
  const change = {
    operationId: 'changeConsent',
    tags,
    summary: 'Changes the scopes of a consent',
    description: 'A merge patch (RFC 7396). With a list, scopes that stay keep the time when the user agreed.',
    consumes: patchMediaTypes,
    params,
    body: ConsentChanges,
    response: responses(200, Consent, 400, 404),
  };
  app.patch(one, { schema: change }, async (request) => {
    const { tenant, body } = request;
    const before = await findConsent(tenant, request.params.consentId);
    const { set, gone } = changesOf(tenant, before, body.scopes);
    await tenant.store.rememberConsent({ ...before, scopes: set });
    await tenant.store.forgetConsent(before.userId, keyOf(before), gone);
    const changed = (await tenant.store.findConsent(before.userId, keyOf(before))) ?? before;
    const scopes = Object.keys(changed.scopes);
    noteChange(request, text('consent-changed', { userId: before.userId, scopes }), {
      ...before,
      scopes,
    });
    return view(changed);
  });
}

function addDelete(app: ControlApp): void {
  const remove = {
    operationId: 'deleteConsent',
    tags,
    summary: 'Withdraws a consent',
    description:
      "Does the same as the user who withdraws it in the wallet's settings: it also revokes the tokens of the consent.",
    params,
    response: responses(204, NoContent, 404),
  };
  app.delete(one, { schema: remove }, async (request, reply) => {
    const { tenant } = request;
    const consent = await findConsent(tenant, request.params.consentId);
    const { userId, clientId, appId } = consent;
    await tenant.tokens.withdraw({ userId, appOrClientId: keyOf(consent) }, 'revoker-consent');
    noteChange(request, text('consent-withdrawn', { id: idOf(consent) }), { userId, clientId, appId });
    return reply.status(204).send(null);
  });
}

/** Resolves who the consent is for: a mini program, or a client without one. @throws ControlError 400 */
function resolveOwner(tenant: Tenant, { clientId, appId }: Static<typeof ConsentRequest>): { clientId: string; appId?: string } {
  if (appId === undefined) {
    if (clientId === undefined) throw invalid(text('owner-missing'));
    return { clientId: resolveClient(tenant, clientId).clientId };
  }
  const app = resolveApp(tenant, appId);
  if (clientId !== undefined && clientId !== app.clientId)
    throw invalid(text('app-of-other-client-named', { appId, owner: app.clientId, clientId: clientId.slice(0, 80) }));
  return { clientId: app.clientId, appId };
}

/** Tries each dot as the separator, because both ids may contain dots. @throws ControlError 404 */
async function findConsent({ store }: Tenant, consentId: string): Promise<StoredConsent> {
  for (let dot = consentId.indexOf('.'); dot >= 0; dot = consentId.indexOf('.', dot + 1)) {
    const consent = await store.findConsent(consentId.slice(0, dot), consentId.slice(dot + 1));
    if (consent !== undefined) return consent;
  }
  throw notFound(text('consent-unknown', { id: consentId.slice(0, 256) }));
}

/** The changes of a patch: the scopes with a new time, and those that go. @throws ControlError 400 */
function changesOf(
  tenant: Tenant,
  before: StoredConsent,
  scopes: Static<typeof ConsentChanges>['scopes'] = {},
): { set: Record<string, number>; gone: string[] } {
  const had = Object.keys(before.scopes);
  if (Array.isArray(scopes)) {
    const listed = resolveScopes(tenant, scopes);
    const added = listed.filter((scope) => !Object.hasOwn(before.scopes, scope));
    return { set: stamp(tenant, added), gone: had.filter((scope) => !listed.includes(scope)) };
  }
  const gone = had.filter((scope) => scopes[scope] === null);
  const times = Object.entries(scopes).flatMap(([scope, at]): [string, number][] =>
    at === null ? [] : [[scope, parseInstant(`scopes.${scope}`, at)]],
  );
  const set = Object.fromEntries(times);
  resolveScopes(tenant, Object.keys(set));
  if (times.length === 0 && had.length > 0 && gone.length === had.length) throw invalid(text('consent-emptied'));
  return { set, gone };
}

function stamp({ clock }: Tenant, scopes: readonly string[]): Record<string, number> {
  return Object.fromEntries(scopes.map((scope) => [scope, clock.now()]));
}

function keyOf({ appId, clientId }: { appId?: string; clientId: string }): string {
  return appId ?? clientId;
}

function idOf(consent: { userId: string; appId?: string; clientId: string }): string {
  return `${consent.userId}.${keyOf(consent)}`;
}

function view(consent: StoredConsent): Static<typeof Consent> {
  const { userId, clientId, appId } = consent;
  const scopes = Object.fromEntries(Object.entries(consent.scopes).map(([scope, at]) => [scope, formatInstant(at)]));
  return { consentId: idOf(consent), userId, clientId, ...(appId !== undefined && { appId }), scopes };
}
