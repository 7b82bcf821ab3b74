import type { IncomingHttpHeaders } from 'node:http';
import type { TimeForm } from '../clock/time.js';
import type { FindingCode } from '../engine/finding-codes.js';
import type { Fields } from '../profiles/fields.js';
import type { Operation } from '../profiles/profile.js';
import type { AppEntry, ClientEntry } from '../records/entries.js';
import type { AppliedScenario } from '../scenarios/scenario-list.js';
import type { Encoding } from '../signing/encodings.js';
import type { SignatureMistake } from '../signing/explain.js';
import type { Tenant } from '../tenants/tenant.js';

/** A merchant's call, as it came in. */
export interface IncomingCall {
  tenant: Tenant;
  method: string;
  /** The path as the wallet knows it: without host, query and tenant. */
  path: string;
  /** The path as it was sent: with a possible `/t/<tenant>`. */
  sentPath: string;
  /** The whole request target, as it was sent. */
  target: string;
  headers: IncomingHttpHeaders;
  mediaType: string | undefined;
  body: Buffer;
  /** What cut it short before it could be read, such as a body over the limit. */
  unreadable?: string;
  /** A web page calls, on a host name that is somebody else's. */
  rebound?: true;
  /** Another tenant was named than could be found. */
  tenantProblem?: string;
}

/** What is found out about a call on its way through, for the answer and for the journal. */
export interface CallFindings {
  operation?: Operation;
  client?: ClientEntry;
  app?: AppEntry;
  userId?: string;
  scopes?: readonly string[];
  /** What the user had been asked for when this call took the code, and what the call made use of. */
  consented?: readonly string[];
  used?: readonly string[];
  fields?: Fields;
  timeForm: TimeForm;
  /** The path that the request's signature verified with, and so the one that the answer signs. */
  signedPath: string;
  signature: { mode: string; verified: boolean | null; encoding?: Encoding; mistakes: SignatureMistake[] };
  /** The scenario that acts on it. */
  scenario?: AppliedScenario;
  findings: Set<FindingCode>;
  secrets: string[];
}

/** A header's value; doubled ones count as the first. */
export function header(call: IncomingCall, name: string): string {
  const value = call.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
