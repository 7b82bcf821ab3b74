import type { Credentials } from '../../engine/credentials.js';
import type { OperationResult } from '../../engine/outcomes.js';
import type { Caller } from '../../engine/tokens.js';
import type { Fields } from '../../profiles/fields.js';
import type { Operation } from '../../profiles/profile.js';
import type { ClientEntry } from '../../records/entries.js';
import type { Tenant } from '../../tenants/tenant.js';

/** The values of an answer, by the names that a profile's response tree uses. */
export type Answer = Record<string, unknown>;

/** A call that passed all checks. */
export interface Task {
  tenant: Tenant;
  operation: Operation;
  client: ClientEntry;
  caller: Caller;
  fields: Fields;
  /** The codes and tokens among the fields, with what the store has for them. */
  credentials: Credentials;
}

export type Verb = (task: Task) => Promise<OperationResult<{ answer: Answer }>>;
