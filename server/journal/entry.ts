/** One call, with the reason for how it ended. */
export interface JournalEntry {
  id: string;
  kind: 'openapi' | 'jsapi' | 'control' | 'notification';
  /** Milliseconds since the epoch, by the emulator's clock. */
  at: number;
  operation?: string;
  method: string;
  path: string;
  clientId?: string;
  appId?: string;
  userId?: string;
  scopes?: readonly string[];
  /** The HTTP status. */
  status: number;
  resultStatus?: string;
  resultCode?: string;
  /** Why it ended as it did, in a sentence. */
  reason: string;
  durationMs: number;
  scenario?: string;
  findings: string[];
  /** Scopes that the user was asked for, and that something can be read with: granted in this call. */
  consented?: readonly string[];
  /** Scopes that were used in this call. */
  used?: readonly string[];
  signature?: { mode: string; verified: boolean | null; encoding?: string; mistakes: { code: string; message: string }[] };
  request: Message;
  response: Message;
  /** The codes and tokens that the call carried: shortened wherever they are shown. */
  secrets: readonly string[];
}

export interface Message {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

export type NewEntry = Omit<JournalEntry, 'id'>;

/** How much of a body is kept, in bytes: 2,000 calls must not hold gigabytes. */
const longestBody = 16_384;
/** What may be a code or token at the cut: half of one would not be known as one, and stand there for all to read. */
const wordAtEnd = /[A-Za-z0-9_.~+/=-]{1,4096}$/;

/** Cuts a body to what the journal keeps. What is kept is a copy: a slice would hold on to the whole. */
export function clip(body: string | Buffer): string {
  const length = body.length;
  if (length <= longestBody) return body.toString();
  const start = typeof body === 'string' ? Buffer.from(body.slice(0, longestBody)) : body.subarray(0, longestBody);
  const clipped = start.toString().replace(wordAtEnd, '');
  return `${clipped}… (${length - clipped.length} characters more)`;
}
