import type { Clock } from '../clock/clock.js';
import { type Refusal, refuse } from '../engine/outcomes.js';
import type { Operation } from '../profiles/profile.js';
import type { ClientEntry } from '../records/entries.js';
import { text } from '../texts/text.js';
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
  if (call.pageProblem !== undefined) return refuse('access-denied', call.pageProblem);
  const { profile, clients } = call.tenant;
  const operation = profile.operations.get(call.path);
  if (operation === undefined && !call.tenant.scenarios.namesPath(call.path)) return refuseUnknownPath(call);
  if (operation !== undefined) found.operation = operation;
  if (call.fromBrowser) found.findings.add('token-in-browser');
  const refusedTransport = checkTransport(call);
  if (refusedTransport !== undefined) return refusedTransport;

  const { clientId } = call;
  if (clientId === '') return refuse('client-unknown', text('client-id-missing'));
  const client = clients.get(clientId);
  if (client === undefined) return refuse('client-unknown', text('client-unknown', { clientId: clientId.slice(0, 80) }));
  found.client = client;
  found.signature.mode = client.signature;
  return checkHeaders(call, client, found) ?? { operation, client };
}

function checkTransport({ method, path, mediaType, tenantProblem }: IncomingCall): Refusal | undefined {
  if (method !== 'POST') return refuse('method-not-supported', text('method-wrong', { method, path }));
  if (!jsonMediaType.test(mediaType ?? '')) {
    const problem = mediaType ? text('media-type-wrong', { type: mediaType.slice(0, 80) }) : text('media-type-missing');
    return refuse('media-type-not-acceptable', problem);
  }
  return tenantProblem === undefined ? undefined : refuse('parameter-illegal', tenantProblem);
}

function checkHeaders(
  { tenant, headers, requestTime: { text: time, parsed } }: IncomingCall,
  client: ClientEntry,
  found: CallFindings,
): Refusal | undefined {
  for (const name of tenant.profile.source.headers.required) {
    if (!headers[name.toLowerCase()]) return refuse('parameter-illegal', text('header-missing', { name }));
  }
  if (time === '') {
    if (client.signature !== 'required') return undefined;
    return refuse('parameter-illegal', text('request-time-missing'));
  }
  if (parsed === undefined) {
    return refuse('parameter-illegal', text('request-time-wrong', { time: time.slice(0, 40) }));
  }
  if (isFarFrom(parsed.at, tenant.clock)) found.findings.add('request-time-off');
  return undefined;
}

/** An honest merchant sends the machine's time, also while a test has moved or frozen the emulator's clock. */
function isFarFrom(time: number, clock: Clock): boolean {
  return Math.abs(time - clock.now()) > maxTimeDifferenceMs && Math.abs(time - clock.machineNow()) > maxTimeDifferenceMs;
}

/** Refuses a path that no operation of the wallet has. */
export function refuseUnknownPath({ tenant, path }: IncomingCall): Refusal {
  const { operations, name, prefixes } = tenant.profile;
  const whole = prefixes.map((prefix) => prefix + path).find((candidate) => operations.has(candidate));
  const advice =
    whole !== undefined
      ? text('path-needs-prefix', { path: whole })
      : text('expected-one-of', { values: [...operations.keys()].slice(0, 8) });
  return refuse('path-unknown', text('path-without-operation', { wallet: name, path: path.slice(0, 120), advice }));
}
