/** A command, for a script that completes it. */
export interface Completed {
  /** Such as `snapshot save`. Empty: the program itself. */
  path: string;
  /** The commands below it, and the values of its argument. */
  words: readonly { word: string; does: string }[];
  flags: readonly { flag: string; does: string }[];
}

/** All that a script completes. */
export interface Completions {
  commands: readonly Completed[];
  /** Flag → its values. An empty list: any value, most often a file. */
  values: ReadonlyMap<string, readonly string[]>;
}
