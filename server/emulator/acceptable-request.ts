import type { RefusedField } from '../comparison/answerer.js';
import type { FittingState, NeededCredential } from '../comparison/fitting-state.js';
import type { PlatformCall } from '../comparison/platform-call.js';
import { credentialIn } from '../comparison/platform-outcome.js';
import { repairHeaders } from '../comparison/repair-headers.js';
import { engineFields, repairRequest, replacedCredential } from '../comparison/repair-request.js';
import type { OutcomeName } from '../engine/outcomes.js';
import type { OperationSource } from '../profiles/operation-schema.js';
import type { Operation, Profile } from '../profiles/profile.js';
import { headerOf } from '../recordings/exchange.js';
import type { ReplayedRequest } from './replayed-call.js';

/** A call of a recording, and what its answer means. */
export interface ReadCall {
  call: PlatformCall;
  operation: Operation;
  outcome: OutcomeName | undefined;
  state: FittingState;
  /** The fields of the request, by the engine's names. */
  fields: Readonly<Record<string, unknown>>;
}

/** Ids that the emulator knows, for requests that name none. */
export interface KnownState {
  profile: Profile;
  clientId: string;
  userId: string;
}

/** The result that a call of a recording asks for by name. */
const scenarioHeader = 'X-Emulator-Scenario';

/** The outcomes of calls that the platform refused before it read the fields. Undefined: nobody knows why it refused. */
const beforeFields: readonly (OutcomeName | undefined)[] = [
  undefined,
  'parameter-illegal',
  'path-unknown',
  'method-not-supported',
  'media-type-not-acceptable',
  'client-unknown',
  'signature-invalid',
];

const knownValues = {
  authCode: replacedCredential,
  refreshToken: replacedCredential,
  accessToken: replacedCredential,
  redirectUrl: 'https://merchant.example/callback',
};

/** The request of a call in a form that the profile accepts, as far as the platform accepted it. */
export function acceptableRequest(
  { call, operation, outcome, state, fields }: ReadCall,
  { profile, clientId, userId }: KnownState,
): { request: ReplayedRequest; refusedFields: RefusedField[]; clientId: string } {
  const refusedFields: RefusedField[] = [];
  let request = requestOf(call);
  if (state.forced !== undefined) request = { ...request, headers: [...request.headers, [scenarioHeader, state.forced]] };
  // The signature is checked after the headers.
  if (!beforeFields.includes(outcome) || outcome === 'signature-invalid') {
    const { headers, refused } = repairHeaders(request.headers, profile, { clientId, at: call.answeredAt });
    request = { ...request, headers };
    refusedFields.push(...refused);
  }
  if (!beforeFields.includes(outcome)) {
    const isRefresh = fields.authCode === undefined && fields.refreshToken !== undefined;
    const known = {
      ...knownValues,
      grantType: isRefresh ? 'REFRESH_TOKEN' : 'AUTHORIZATION_CODE',
      scopes: Object.keys(profile.source.scopes).slice(0, 1),
      userId,
    };
    const { body, refused } = repairRequest(sourceOf(operation, profile), profile.source.strict, call.body, known);
    if (refused.length > 0 && body !== undefined) request = { ...request, body: Buffer.from(JSON.stringify(body)) };
    refusedFields.push(...refused);
  }
  return { request, refusedFields, clientId: headerOf(request.headers, 'client-id') ?? '' };
}

/** The request of a call as it was sent, to the path that the profile has. */
export function requestOf({ exchange: { request }, profilePath }: PlatformCall): ReplayedRequest {
  const { method, url, headers, body } = request;
  return { method, path: profilePath, query: new URL(url).search, headers, body };
}

/** The code or token that an acceptable request has and the sent one does not. */
export function missingCredential(
  { body }: ReplayedRequest,
  operation: Operation,
  profile: Profile,
): NeededCredential | undefined {
  if (!body.includes(replacedCredential)) return undefined;
  const credential = credentialIn(engineFields(sourceOf(operation, profile), JSON.parse(body.toString())));
  return credential === undefined ? undefined : { name: credential, value: replacedCredential, state: 'live' };
}

/** The operation's source. A compiled operation has one. */
function sourceOf({ name }: Operation, { source }: Profile): OperationSource {
  return source.operations[name] as OperationSource;
}
