import type { UserRecord } from '../records/schema.js';
import type { Tenant } from './tenant.js';

/** Returns true if a user's behaviour is not the one of the fixtures: a tester changed it, or the drawer did. */
export function hasChangedBehaviour({ users }: Tenant, userId: string): boolean {
  const behaviour = (record: { behaviour?: object } | undefined) => JSON.stringify(record?.behaviour ?? {});
  return behaviour(users.get(userId)?.record) !== behaviour(users.original(userId)?.record);
}

/** Gives a user the behaviour of the fixtures again. @returns false if there is no such user */
export function resetBehaviour(tenant: Tenant, userId: string): boolean {
  const user = tenant.users.get(userId);
  if (user === undefined) return false;
  const { behaviour: _, ...others } = user.record;
  const original = tenant.users.original(userId)?.record.behaviour;
  const record: UserRecord = { ...others, ...(original && { behaviour: original }) };
  tenant.put('user', userId, record);
  return true;
}
