import { jsapiError } from '../engine/jsapi-errors.js';

/** Ends a JSAPI call with an error number, and a message that says what to do. */
export class JsapiFailure extends Error {
  /** @param error one of `jsapiError`, or any other number that a scenario asks for */
  constructor(
    readonly error: number,
    message: string,
  ) {
    super(message);
  }
}

export function notPermitted(message: string): JsapiFailure {
  return new JsapiFailure(jsapiError.notPermitted, message);
}

export function invalidParameters(message: string): JsapiFailure {
  return new JsapiFailure(jsapiError.invalidParameters, message);
}
