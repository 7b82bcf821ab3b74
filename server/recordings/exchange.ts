/** A header as it was sent: its name in its case, and its value. A repeated header is in the list several times. */
export type Header = [name: string, value: string];

/** A request of an exchange. */
export interface ExchangeRequest {
  method: string;
  /** The whole address, as it was sent. */
  url: string;
  /** In the order in which they were sent. */
  headers: Header[];
  /** Without transfer and content coding: not in chunks, not compressed. */
  body: Buffer;
}

/** An answer of an exchange. */
export interface ExchangeResponse {
  status: number;
  /** In the order in which they were sent. */
  headers: Header[];
  /** Without transfer and content coding: not in chunks, not compressed. */
  body: Buffer;
}

/** One call to a platform, and its answer. */
export interface Exchange {
  /** The time of the request, in milliseconds since the epoch. 0 if the recording does not tell. */
  at: number;
  /** Milliseconds until the answer was complete. 0 if the recording does not tell. */
  durationMs: number;
  request: ExchangeRequest;
  /** Undefined if the platform gave no answer. */
  response: ExchangeResponse | undefined;
  /** True if the platform called the merchant. */
  notification: boolean;
  /** True if the recorder has replaced values, so that the bytes are not those that were signed. */
  isMasked?: boolean;
  /** The findings of the recorder, which had the bytes as they were sent. A recording with masked values cannot be verified later. */
  signatures?: { request: SignatureFinding; response: SignatureFinding };
}

/** The findings about one signature. */
export interface SignatureFinding {
  /** Null if it was not tried, because there was no key or no signature. */
  verified: boolean | null;
  /** The encoding of the signature, as it was found. */
  encoding?: string;
  /** The algorithm's name in the header, as it was found. */
  algorithm?: string;
  /** The template of the content that was signed, as in `signature` of a profile: `{method} {path}\n{clientId}.{time}.{body}`. */
  content?: string;
}

/** The value of the first header with this name, in any case. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([known]) => known.toLowerCase() === wanted)?.[1];
}
