import { jsapiError } from '../engine/jsapi-errors.js';
import type { Text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';

/** Ends a JSAPI call with an error number, and a message that says what to do. */
export class JsapiFailure extends TextError {
  /** @param error one of `jsapiError`, or any other number that a scenario asks for */
  constructor(
    readonly error: number,
    message: Text,
    /** The reason for the failure, for the journal. */
    readonly reason = message,
  ) {
    super(message);
  }
}

export function notPermitted(message: Text): JsapiFailure {
  return new JsapiFailure(jsapiError.notPermitted, message);
}

export function invalidParameters(message: Text): JsapiFailure {
  return new JsapiFailure(jsapiError.invalidParameters, message);
}
