/** An error that ends a command with another exit status than 1. */
export class ExitError extends Error {
  constructor(
    override readonly cause: Error,
    readonly status: number,
  ) {
    super(cause.message);
  }
}
