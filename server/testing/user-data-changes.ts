import fc from 'fast-check';
import type { ProfileSource } from '../profiles/schema.js';
import { otherName } from './field-changes.js';
import type { ProfileChange } from './profile-change.js';

/** Changes of the user data that scopes read. */
export function userDataChanges(wallet: ProfileSource): fc.Arbitrary<ProfileChange>[] {
  const fields = [...new Set(Object.values(wallet.scopes).flatMap(({ reads = {} }) => Object.keys(reads)))].filter(
    (field) => field !== 'userId',
  );
  return [renamed(fields), extra(), missing(fields), masked(), ordered()];
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

function extra(): fc.Arbitrary<ProfileChange> {
  return fc.constantFrom('memberLevel', 'kycLevel').map((field) => ({
    what: `the user's extra ${field}: it`,
    apply: (source) => {
      for (const scope of Object.values(source.scopes))
        if (JSON.stringify(scope.reads ?? {}).includes('$user.userId')) scope.reads = { ...scope.reads, [field]: 'L2' };
    },
  }));
}

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
