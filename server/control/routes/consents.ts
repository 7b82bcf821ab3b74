import Type, { type Static } from 'typebox';
import type { Consent as StoredConsent } from '../../engine/store.js';
import { closed, Instant } from '../../schemas/common.js';
import type { Tenant } from '../../tenants/tenant.js';
import { withdrawConsent } from '../../tenants/withdraw-consent.js';
import { exists, invalid, notFound } from '../control-error.js';
import { formatInstant } from '../instant.js';
import { noteChange } from '../journal-changes.js';
import type { ControlPlugin } from '../options.js';
import { resolveApp, resolveClient, resolveScopes, resolveUser } from '../resolve-ids.js';
import { NoContent, responses } from '../response-schemas.js';
import { ScopeList } from './auth-codes.js';

export const Consent = Type.Object(
  {
    consentId: Type.String({ description: 'userId.appId, or userId.clientId where there is no mini program' }),
    userId: Type.String(),
    clientId: Type.String(),
    appId: Type.Optional(Type.String()),
    scopes: Type.Record(Type.String(), Instant, { description: 'scope → when it was agreed to' }),
  },
  { description: 'What a user has agreed to share' },
);
const ConsentList = Type.Object({ consents: Type.Array(Consent) }, { description: 'All consents' });
export const ConsentRequest = Type.Object(
  {
    userId: Type.String(),
    clientId: Type.Optional(Type.String({ description: 'alone: an authorization without a mini program' })),
    appId: Type.Optional(Type.String()),
    scopes: ScopeList,
  },
  { ...closed, examples: [{ userId: '1000001119398804001', appId: '3333010071465913000', scopes: ['USER_NAME'] }] },
);
const ConsentChanges = Type.Object(
  { scopes: Type.Optional(ScopeList) },
  { ...closed, examples: [{ scopes: ['USER_NAME', 'USER_AVATAR'] }] },
);
const params = Type.Object({ consentId: Type.String() });

const tags = ['consents'];
const one = '/_emulator/consents/:consentId';

export const consents: ControlPlugin = async (app) => {
  const list = { operationId: 'listConsents', tags, summary: 'What users have agreed to', response: responses(200, ConsentList) };
  app.get('/_emulator/consents', { schema: list }, async ({ tenant }) => ({
    consents: (await tenant.store.consents()).map(view),
  }));

  const read = { operationId: 'readConsent', tags, summary: 'One consent', params, response: responses(200, Consent, 404) };
  app.get(one, { schema: read }, async ({ tenant, params: { consentId } }) => view(await find(tenant, consentId)));

  const create = {
    operationId: 'createConsent',
    tags,
    summary: 'Makes a user have agreed',
    body: ConsentRequest,
    response: responses(201, Consent, 400, 409),
  };
  app.post('/_emulator/consents', { schema: create }, async (request, reply) => {
    const { tenant, body } = request;
    const { userId } = resolveUser(tenant, body.userId);
    const consent = { userId, ...forWhom(tenant, body), scopes: stamp(tenant, resolveScopes(tenant, body.scopes)) };
    if ((await tenant.store.findConsent(userId, keyOf(consent))) !== undefined)
      throw exists(
        `userId: the consent ${idOf(consent)} is there already; change it by PATCH /_emulator/consents/${idOf(consent)}`,
      );
    await tenant.store.rememberConsent(consent);
    noteChange(request, `the user ${userId} has agreed to ${body.scopes.join(', ')}, by a tester's wish`, {
      ...consent,
      scopes: body.scopes,
    });
    return reply.status(201).send(view(consent));
  });

  const change = {
    operationId: 'changeConsent',
    tags,
    summary: 'Changes which scopes are agreed to',
    description: 'Scopes that stay keep their time.',
    params,
    body: ConsentChanges,
    response: responses(200, Consent, 400, 404),
  };
  app.patch(one, { schema: change }, async (request) => {
    const { tenant, body } = request;
    const before = await find(tenant, request.params.consentId);
    const scopes = body.scopes === undefined ? Object.keys(before.scopes) : resolveScopes(tenant, body.scopes);
    const added = scopes.filter((scope) => !Object.hasOwn(before.scopes, scope));
    const gone = Object.keys(before.scopes).filter((scope) => !scopes.includes(scope));
    await tenant.store.rememberConsent({ ...before, scopes: stamp(tenant, added) });
    await tenant.store.forgetConsent(before.userId, keyOf(before), gone);
    noteChange(request, `the user ${before.userId} has agreed to ${scopes.join(', ')}, by a tester's wish`, {
      ...before,
      scopes,
    });
    return view((await tenant.store.findConsent(before.userId, keyOf(before))) ?? before);
  });

  const remove = {
    operationId: 'deleteConsent',
    tags,
    summary: 'Withdraws a consent',
    description: "As when the user withdraws it in the wallet's settings: the tokens behind it are revoked.",
    params,
    response: responses(204, NoContent, 404),
  };
  app.delete(one, { schema: remove }, async (request, reply) => {
    const { tenant } = request;
    const consent = await find(tenant, request.params.consentId);
    const { userId, clientId, appId } = consent;
    await withdrawConsent(tenant, userId, keyOf(consent), 'the user, who withdrew the consent');
    noteChange(request, `the consent ${idOf(consent)} was withdrawn`, { userId, clientId, appId });
    return reply.status(204).send(null);
  });
};

/** For a mini program, or for a client without one. @throws ControlError 400 */
function forWhom(tenant: Tenant, { clientId, appId }: Static<typeof ConsentRequest>): { clientId: string; appId?: string } {
  if (appId === undefined) {
    if (clientId === undefined)
      throw invalid('appId: expected an appId, or a clientId for an authorization without a mini program, and both are missing');
    return { clientId: resolveClient(tenant, clientId).clientId };
  }
  const app = resolveApp(tenant, appId);
  if (clientId !== undefined && clientId !== app.clientId)
    throw invalid(`clientId: expected ${app.clientId}, whose the mini program ${appId} is, got ${clientId.slice(0, 80)}`);
  return { clientId: app.clientId, appId };
}

/** Ids may have dots themselves: whichever dot parts the two. @throws ControlError 404 */
async function find({ store }: Tenant, consentId: string): Promise<StoredConsent> {
  for (let dot = consentId.indexOf('.'); dot >= 0; dot = consentId.indexOf('.', dot + 1)) {
    const consent = await store.findConsent(consentId.slice(0, dot), consentId.slice(dot + 1));
    if (consent !== undefined) return consent;
  }
  throw notFound(`consentId: there is no consent ${consentId.slice(0, 256)} here`);
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
