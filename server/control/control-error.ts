/** Ends a request with a 4xx: `{ error, message }`. */
export class ControlError extends Error {
  readonly statusCode: number;
  /** What is wrong, in a word or two that stay the same. */
  readonly error: string;

  constructor(statusCode: number, error: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.error = error;
  }
}

/** 400. @param message begins with the field and says what was expected */
export function invalid(message: string): ControlError {
  return new ControlError(400, 'invalid', message);
}

/** 404. */
export function unknown(message: string): ControlError {
  return new ControlError(404, 'not-found', message);
}

/** 409. */
export function exists(message: string): ControlError {
  return new ControlError(409, 'exists', message);
}

/** Does what may throw an Error that begins with the field: it is the caller's mistake. */
export function checked<Value>(change: () => Value): Value {
  try {
    return change();
  } catch (error) {
    throw invalid((error as Error).message);
  }
}
