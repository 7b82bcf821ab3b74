/** A request that somebody wrote down. */
export interface WrittenRequest {
  method: string;
  /** A path or a URL; absent if the text has only headers and a body. */
  target?: string;
  headers: Readonly<Record<string, string>>;
  /** The exact body. */
  body: string;
}
