import type { ControlErrorCode } from '../http/control-error-code.js';
import type { Text } from '../texts/text.js';
import { TextError, textOf } from '../texts/text-error.js';

/** Ends a request with a 4xx and `{ error, message }`. */
export class ControlError extends TextError {
  readonly statusCode: number;
  readonly error: ControlErrorCode;

  constructor(statusCode: number, error: ControlErrorCode, message: Text) {
    super(message);
    this.statusCode = statusCode;
    this.error = error;
  }
}

/** 400. @param message says which field is wrong, and what to send */
export function invalid(message: Text): ControlError {
  return new ControlError(400, 'invalid', message);
}

/** 404. */
export function notFound(message: Text): ControlError {
  return new ControlError(404, 'not-found', message);
}

/** 409. */
export function exists(message: Text): ControlError {
  return new ControlError(409, 'exists', message);
}

/** Calls a function whose errors are the caller's mistakes. @throws ControlError 400 with the same message */
export function rethrowAsInvalid<Value>(change: () => Value): Value {
  try {
    return change();
  } catch (error) {
    throw invalid(textOf(error));
  }
}
