import type { Operation, Profile } from '../profiles/profile.js';
import { closestName } from '../profiles/suggest-name.js';
import type { JsonObject } from './json-object.js';

/** The operation of a call. */
export interface MatchedPath {
  /** Undefined if the call looks like none of the profile. */
  operation: Operation | undefined;
  /** True if the profile does not have the path. */
  isGuess: boolean;
  /** The profile's path of the operation: what the emulator is called with. */
  profilePath: string;
}

/** Below this path, an emulator serves its tenants. It is no part of the wallet's path. */
const tenantPrefix = /^\/t\/[A-Za-z0-9_.-]{1,64}(?=\/)/;
/** The ending that a path may have, such as `.htm`. */
const ending = /\.\w+$/;

/** Finds the operation of a path. If the profile does not have the path, finds the operation that the call looks like. */
export function matchPath(
  path: string,
  profile: Profile,
  content: { body: JsonObject; answer: JsonObject | undefined },
): MatchedPath {
  for (const known of [path, path.replace(tenantPrefix, '')]) {
    const operation = profile.operations.get(known);
    if (operation !== undefined) return { operation, isGuess: false, profilePath: known };
  }
  const profilePath = similarPath(path, [...profile.operations.keys()]) ?? pathByFields(profile, content);
  const operation = profilePath === undefined ? undefined : profile.operations.get(profilePath);
  return { operation, isGuess: true, profilePath: profilePath ?? path };
}

/** The known path with the same last word, or else with the most similar one. */
function similarPath(path: string, known: readonly string[]): string | undefined {
  const word = lastWord(path);
  const same = known.filter((own) => lastWord(own) === word);
  if (same.length > 0) return same.sort((one, other) => sharedEnd(other, path) - sharedEnd(one, path))[0];
  const closest = closestName(word, [...new Set(known.map(lastWord))]);
  return known.find((own) => lastWord(own) === closest);
}

function lastWord(path: string): string {
  return path.split('/').at(-1)?.replace(ending, '').toLowerCase() ?? '';
}

/** The number of characters at the end of both. */
function sharedEnd(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one.at(-1 - length) === other.at(-1 - length)) length++;
  return length;
}

/** The operation whose fields the request and the answer have. */
function pathByFields(
  { source, operations }: Profile,
  { body, answer = {} }: { body: JsonObject; answer: JsonObject | undefined },
) {
  const scored = [...operations].map(([path, { name }]) => {
    const { request = {}, response = {} } = source.operations[name] ?? {};
    const inAnswer = Object.keys(response).filter((field) => Object.hasOwn(answer, field)).length;
    const inRequest = Object.keys(request).filter((field) => Object.hasOwn(body, field)).length;
    return { path, inAnswer, inRequest };
  });
  const [best] = scored
    .filter(({ inAnswer, inRequest }) => inAnswer > 0 && inRequest > 0)
    .sort((one, other) => other.inAnswer - one.inAnswer || other.inRequest - one.inRequest);
  return best?.path;
}
