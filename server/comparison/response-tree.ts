import type { ProfileSource } from '../profiles/schema.js';
import { isObject } from './json-object.js';

/** The places of codes and tokens in the answer of an operation, such as `response.accessToken`. */
export interface ResponsePlaces {
  /** Place → the variable that fills it, such as `accessToken` or `accessTokenExpiresAt`. */
  variables: ReadonlyMap<string, string>;
  /** The object whose fields are what the scopes read; undefined if the answer has none. */
  userInfo: string | undefined;
  /** Returns true for a place in what the scopes read. */
  isOfUser(place: string): boolean;
}

/** Reads the places from the tree of an operation's answer. */
export function responsePlaces({ operations }: ProfileSource, operation: string): ResponsePlaces {
  const variables = new Map<string, string>();
  const tree = operations[operation]?.response ?? {};
  let userInfo: string | undefined;
  const visit = (tree: unknown, place: string) => {
    const reference = typeof tree === 'string' ? /^\$(\w+(?:\.\w+)*)/.exec(tree)?.[1] : undefined;
    if (reference === 'userInfo') userInfo = place;
    else if (reference !== undefined) variables.set(place, reference);
    if (!isObject(tree) || '$each' in tree) return;
    if (/^\$userInfo\b/.test(String(tree.$flatten))) userInfo = place;
    if ('$from' in tree) return visit(tree.$from, place);
    for (const [name, part] of Object.entries(tree)) if (name !== '$flatten') visit(part, `${place}.${name}`);
  };
  visit(tree, 'response');
  // Beside the user's fields, the answer has the result and the fields that the tree names.
  const others = ['result', ...Object.keys(tree)].map((name) => `response.${name}`);
  const isOfUser = (place: string) =>
    userInfo === 'response'
      ? !others.some((other) => place === other || (/^[.[]/.test(place.slice(other.length)) && place.startsWith(other)))
      : userInfo !== undefined && place.startsWith(`${userInfo}.`);
  return { variables, userInfo, isOfUser };
}
