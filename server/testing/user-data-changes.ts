import fc from 'fast-check';
import type { ProfileSource } from '../profiles/schema.js';
import { otherName } from './field-changes.js';
import type { ProfileChange } from './profile-change.js';

/** Changes of the user data that scopes read. */
export function userDataChanges(wallet: ProfileSource): fc.Arbitrary<ProfileChange>[] {
  const fields = [...new Set(Object.values(wallet.scopes).flatMap(({ reads = {} }) => Object.keys(reads)))].filter(
    (field) => field !== 'userId',
  );
  // Without a code that tells its scopes, a recording does not show if the platform does not read a field, or the user did not agree.
  const tellsScopes = Object.values(wallet.operations).some(({ verb }) => verb === 'issue-code');
  return [
    renamed(fields.filter((field) => !isInBundle(wallet, field))),
    extra(wallet),
    masked(),
    ordered(),
    ...(tellsScopes ? [missing(fields)] : []),
  ];
}

/** Returns true for a field of a scope that reads data of its own and covers others: whether it was granted shows only in all its fields. */
function isInBundle({ scopes }: ProfileSource, field: string): boolean {
  return Object.values(scopes).some(
    ({ reads, covers = [] }) => reads !== undefined && covers.some((name) => scopes[name]?.reads?.[field] !== undefined),
  );
}

/** Every scope that reads a field gives it the same name. */
function renamed(fields: readonly string[]): fc.Arbitrary<ProfileChange> {
  return fc
    .constantFrom(...fields)
    .chain((field) => fc.tuple(fc.constant(field), otherName(field)))
    .map(([field, name]) => ({
      what: `name of the user's ${field}: ${name}`,
      apply: (source) => {
        for (const scope of Object.values(source.scopes))
          if (scope.reads !== undefined && Object.hasOwn(scope.reads, field))
            scope.reads = Object.fromEntries(
              Object.entries(scope.reads).map(([own, tree]) => [own === field ? name : own, tree]),
            );
      },
    }));
}

/** A field that comes with the user's data, whatever the scopes are. */
function extra(wallet: ProfileSource): fc.Arbitrary<ProfileChange> {
  const reading = Object.keys(wallet.operations).filter((name) => wallet.operations[name]?.verb === 'read-user');
  return fc.tuple(fc.constantFrom(...reading), fc.constantFrom('memberLevel', 'kycLevel')).map(([operation, field]) => ({
    what: `extra ${field} in the user of ${operation}: it`,
    apply: (source) => {
      const response = source.operations[operation]?.response ?? {};
      if (typeof response.userInfo === 'string') response.userInfo = { $flatten: response.userInfo, [field]: 'L2' };
      else if (response.userInfo !== undefined) response.userInfo = { ...response.userInfo, [field]: 'L2' };
      else response[field] = 'L2';
    },
  }));
}

/** A field that no scope reads. */
function missing(fields: readonly string[]): fc.Arbitrary<ProfileChange> {
  return fc.constantFrom(...fields).map((field) => ({
    what: `the user's missing ${field}: it`,
    apply: (source) => {
      for (const scope of Object.values(source.scopes)) delete scope.reads?.[field];
    },
  }));
}

interface Each {
  $item?: Record<string, unknown>;
  $order?: unknown;
}

/** The contact data is masked, or it is not. */
function masked(): fc.Arbitrary<ProfileChange> {
  return fc.constant({
    what: "the user's contactNo: masked or not",
    apply: (source) => {
      const item = (source.scopes.USER_CONTACTINFO?.reads?.contactInfos as Each | undefined)?.$item;
      if (item !== undefined)
        item.contactNo = item.contactNo === '$item.contactNo' ? '$item.contactNo | mask' : '$item.contactNo';
    },
  });
}

function ordered(): fc.Arbitrary<ProfileChange> {
  return fc.constant({
    what: "the order of the user's contactInfos: EMAIL first",
    apply: (source) => {
      const each = source.scopes.USER_CONTACTINFO?.reads?.contactInfos as Each | undefined;
      if (each !== undefined) each.$order = { contactType: ['EMAIL', 'MOBILE_PHONE'] };
    },
  });
}
