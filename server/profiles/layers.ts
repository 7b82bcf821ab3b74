import { mergePatch } from '../schemas/merge-patch.js';

/** A profile's file, as it is written. */
export interface Layer {
  path: string;
  own: unknown;
}

/** How long a token may be where it is a JWT, unless a file that knows says otherwise. */
const longestJwt = 2048;

/** What the files say together, the heir's first: each is laid over the next as a JSON Merge Patch (RFC 7396), null takes away. */
export function mergeLayers(layers: readonly Layer[]): unknown {
  const [root, ...heirs] = layers.toReversed();
  return heirs.reduce((whole, { own }) => {
    const { extends: _, ...changes } = own as Record<string, unknown>;
    const isJwt = (changes.tokens as { form?: unknown } | undefined)?.form === 'jwt';
    return mergePatch(isJwt ? withRoomForJwts(whole) : whole, changes);
  }, root?.own);
}

interface Limited {
  operations?: Record<string, { request?: Record<string, { as?: string; max?: number }> }>;
}

/** The limits of a profile whose tokens were short are too narrow for an heir's JWTs. */
function withRoomForJwts(whole: unknown): unknown {
  const copy = structuredClone(whole) as Limited;
  for (const { request = {} } of Object.values(copy.operations ?? {})) {
    for (const [name, field] of Object.entries(request)) {
      const isToken = ['accessToken', 'refreshToken'].includes(field.as ?? name);
      if (isToken && field.max !== undefined) field.max = Math.max(field.max, longestJwt);
    }
  }
  return copy;
}
