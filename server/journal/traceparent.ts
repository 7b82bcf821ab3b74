const form = /^(?<version>[0-9a-f]{2})-(?<trace>[0-9a-f]{32})-(?<parent>[0-9a-f]{16})-[0-9a-f]{2}(?<more>-[!-~]{0,400})?$/;

/**
 * The header `traceparent` of a request (W3C Trace Context, 3.2): version, trace id, parent id and flags.
 * @returns undefined if there is none, or one that is not valid
 */
export function traceparentOf(headers: Readonly<Record<string, string | string[] | undefined>>): string | undefined {
  const { traceparent } = headers;
  return typeof traceparent === 'string' && isValid(traceparent) ? traceparent : undefined;
}

/** Ids of zeros and the version ff are not valid. Only versions after 00 have more fields. */
function isValid(traceparent: string): boolean {
  const { version, trace = '', parent = '', more } = form.exec(traceparent)?.groups ?? {};
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return false;
  return /[^0]/.test(trace) && /[^0]/.test(parent);
}
