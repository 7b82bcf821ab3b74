import type { FastifyRequest } from 'fastify';
import { addressWith } from './call-query.js';

/** The parts of a page that its stream keeps up to date, in addition to the clock in the header. */
export type StreamPart = 'calls' | 'panels' | 'steps' | 'authorization' | 'scenarios';

/** The path of the stream, below the tenant. */
export const streamPath = '/journal/stream';

interface StreamQuery {
  parts?: StreamPart[];
  /** The id of the newest entry that the page knows. Default: the tenant's newest. */
  after?: string | undefined;
  [field: string]: string | number | undefined | StreamPart[];
}

/**
 * The address of a page's one stream. It tells of everything that happens after the page was made.
 * @returns undefined if the emulator shows a report, which does not change
 */
export function streamAddress(
  { tenant, prefix, openedReport }: FastifyRequest,
  lang: string,
  query: StreamQuery = {},
): string | undefined {
  if (openedReport !== undefined) return undefined;
  const { parts, after = tenant.journal.newest(() => true)?.id, ...fields } = query;
  return addressWith(prefix + streamPath, {
    ...(fields as Record<string, string | number | undefined>),
    lang,
    parts: parts?.join(' '),
    after: after ?? 0,
  });
}
