import type { OperationResult } from '../../engine/outcomes.js';
import type { Caller } from '../../engine/tokens.js';
import type { Fields } from '../../profiles/fields.js';
import type { Operation } from '../../profiles/profile.js';
import type { ClientEntry } from '../../records/entries.js';
import type { Tenant } from '../../tenants/tenant.js';

/** What an operation's answer may be filled in from: a profile's response tree speaks of these names. */
export type Answer = Record<string, unknown>;

/** What a verb is done with. */
export interface Task {
  tenant: Tenant;
  operation: Operation;
  client: ClientEntry;
  caller: Caller;
  fields: Fields;
  /** The emulator's own address. */
  baseUrl: string;
}

export type Verb = (task: Task) => Promise<OperationResult<{ answer: Answer }>>;
