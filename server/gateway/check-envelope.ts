import type { Clock } from '../clock/clock.js';
import { type Refusal, refuse } from '../engine/outcomes.js';
import type { Operation } from '../profiles/profile.js';
import type { ClientEntry } from '../records/entries.js';
import type { CallFindings } from './call-findings.js';
import type { IncomingCall } from './incoming-call.js';

/** A Request-Time that is further than this from the emulator's clock and from the machine's clock is a finding (milliseconds). */
const maxTimeDifferenceMs = 5 * 60 * 1000;
const jsonMediaType = /^application\/([\w.-]+\+)?json\s*(;|,|$)/i;

/** The operation and the client that an accepted envelope names. */
export interface Envelope {
  /** Undefined: the wallet has no operation at the path, but a scenario may answer. */
  operation: Operation | undefined;
  client: ClientEntry;
}

/** The envelope of a call whose path has an operation. */
export interface OperationEnvelope extends Envelope {
  operation: Operation;
}

/** Checks what comes before the signature: host name, path, method, media type, tenant, Client-Id, other headers. */
export function checkEnvelope(call: IncomingCall, found: CallFindings): Envelope | Refusal {
  if (call.rebound)
    return refuse(
      'access-denied',
      'a web page called the OpenAPI on a host name that is not allowed (DNS rebinding): call it from a server, or start billetera with --allow-host',
    );
  const { profile, clients } = call.tenant;
  const operation = profile.operations.get(call.path);
  if (operation === undefined && !call.tenant.scenarios.namesPath(call.path)) return refuseUnknownPath(call);
  if (operation !== undefined) found.operation = operation;
  if (call.fromBrowser) found.findings.add('token-in-browser');
  const refusedTransport = checkTransport(call);
  if (refusedTransport !== undefined) return refusedTransport;

  const { clientId } = call;
  if (clientId === '') return refuse('client-unknown', 'the header Client-Id is missing: send your client id');
  const client = clients.get(clientId);
  if (client === undefined)
    return refuse(
      'client-unknown',
      `the client ${clientId.slice(0, 80)} does not exist: add it to clients.json, or by POST /_emulator/clients`,
    );
  found.client = client;
  found.signature.mode = client.signature;
  return checkHeaders(call, client, found) ?? { operation, client };
}

function checkTransport({ method, path, mediaType, tenantProblem }: IncomingCall): Refusal | undefined {
  if (method !== 'POST') return refuse('method-not-supported', `the method is ${method}: send POST ${path}`);
  if (!jsonMediaType.test(mediaType ?? '')) {
    const got = mediaType ? `is ${mediaType.slice(0, 80)}` : 'is missing';
    return refuse('media-type-not-acceptable', `the header Content-Type ${got}: expected application/json; charset=UTF-8`);
  }
  return tenantProblem === undefined ? undefined : refuse('parameter-illegal', tenantProblem);
}

function checkHeaders(
  { tenant, headers, requestTime: { text, parsed } }: IncomingCall,
  client: ClientEntry,
  found: CallFindings,
): Refusal | undefined {
  for (const name of tenant.profile.source.headers.required) {
    if (!headers[name.toLowerCase()]) return refuse('parameter-illegal', `the header ${name} is missing`);
  }
  if (text === '') {
    if (client.signature !== 'required') return undefined;
    return refuse(
      'parameter-illegal',
      'the header Request-Time is missing: send the time of the call, such as 2019-05-28T12:12:12+08:00',
    );
  }
  if (parsed === undefined) {
    return refuse(
      'parameter-illegal',
      `the header Request-Time is "${text.slice(0, 40)}": expected ISO 8601 with an offset, such as 2019-05-28T12:12:12+08:00, or milliseconds since the epoch`,
    );
  }
  if (isFarFrom(parsed.at, tenant.clock)) found.findings.add('request-time-off');
  return undefined;
}

/** An honest merchant sends the machine's time, also while a test has moved or frozen the emulator's clock. */
function isFarFrom(time: number, clock: Clock): boolean {
  return [clock.now(), clock.machineNow()].every((now) => Math.abs(time - now) > maxTimeDifferenceMs);
}

/** Refuses a path that no operation of the wallet has. */
export function refuseUnknownPath({ tenant, path }: IncomingCall): Refusal {
  const { operations, name, prefixes } = tenant.profile;
  const whole = prefixes.map((prefix) => prefix + path).find((candidate) => operations.has(candidate));
  const advice =
    whole !== undefined
      ? `call it with its prefix, ${whole}`
      : `expected one of ${[...operations.keys()].slice(0, 8).join(', ')}`;
  return refuse('path-unknown', `the wallet ${name} has no operation at ${path.slice(0, 120)}: ${advice}`);
}
