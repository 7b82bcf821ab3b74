import { mergePatch } from '../schemas/merge-patch.js';
import { inheritSources } from './inherit-sources.js';

/** The content of one profile file, before the profile that it extends is merged in. */
export interface Layer {
  path: string;
  content: unknown;
}

/** The maximum length of a token field if tokens are JWTs and the file sets no other maximum, in characters. */
const maxJwtLength = 2048;

/**
 * Merges a profile file with the files that it extends.
 * @param layers the profile itself first. Each layer is a JSON Merge Patch (RFC 7396) for the next one: null removes a field.
 */
export function mergeLayers(layers: readonly Layer[]): unknown {
  const [root, ...extending] = layers.toReversed();
  return extending.reduce((merged, { content }) => {
    const { extends: _, ...changes } = content as Record<string, unknown>;
    const isJwt = (changes.tokens as { form?: unknown } | undefined)?.form === 'jwt';
    return mergePatch(withoutReplaced(isJwt ? allowJwtLength(merged) : merged, changes), changes);
  }, root?.content);
}

/**
 * The extended profile with the sources that the other one inherits, and without its note if the other one has a note: a note in one
 * language would be merged with the note of another profile in the other languages.
 */
function withoutReplaced(extended: unknown, changes: Record<string, unknown>): unknown {
  if (typeof extended !== 'object' || extended === null || Array.isArray(extended)) return extended;
  const { sources: _, note, ...rest } = extended as Record<string, unknown>;
  const sources = inheritSources(extended, changes);
  return {
    ...rest,
    ...(note !== undefined && changes.note === undefined && { note }),
    ...(sources !== undefined && { sources }),
  };
}

interface WithMaxima {
  operations?: Record<string, { request?: Record<string, { as?: string; max?: number }> }>;
}

/** The extended profile has short tokens, so its limits are too small for JWTs. */
function allowJwtLength(profile: unknown): unknown {
  const copy = structuredClone(profile) as WithMaxima;
  for (const { request = {} } of Object.values(copy.operations ?? {})) {
    for (const [name, field] of Object.entries(request)) {
      const isToken = ['accessToken', 'refreshToken'].includes(field.as ?? name);
      if (isToken && field.max !== undefined) field.max = Math.max(field.max, maxJwtLength);
    }
  }
  return copy;
}
