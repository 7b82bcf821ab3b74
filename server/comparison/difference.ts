import type { Text } from '../texts/text.js';
import type { Constancy } from './constancy.js';

/** The ways in which a platform can differ from a profile. Each has a sentence in `difference-text.ts`. */
export const differenceCodes = [
  'path-unknown',
  'http-status',
  'result-code-unknown',
  'result-code',
  'result-status',
  'result-message',
  'response-field-missing',
  'response-field-extra',
  'response-field-type',
  'response-field-form',
  'response-field-length',
  'array-order',
  'scope-reads',
  'lifetime',
  'refresh-old-pair',
  'request-field-refused',
  'request-field-accepted',
  'header-missing',
  'header-extra',
  'header-case',
  'header-value',
  'signature-missing',
  'signature-encoding',
  'signature-algorithm',
  'signature-content',
  'signature-unverified',
] as const;

export type DifferenceCode = (typeof differenceCodes)[number];

/** The result of an answer. `outcome` is the engine's name for it: only the emulator's side has one. */
export interface ResultExample {
  resultCode?: string;
  resultStatus?: string;
  resultMessage?: string;
  outcome?: string;
}

/** The words for the value of one side, by code. */
interface Sides {
  /** place: the path, with its prefix. The profile has only the others of the operation that the call looks like. */
  'path-unknown': { platform: string; emulator: readonly string[] };
  'http-status': { platform: number; emulator: number };
  /** The profile has no such code. */
  'result-code-unknown': { platform: ResultExample; emulator: ResultExample };
  /** Both codes are in the profile, but for other outcomes. */
  'result-code': { platform: ResultExample; emulator: ResultExample };
  'result-status': { platform: ResultExample; emulator: ResultExample };
  /** Only compared for the success texts that a profile gives. */
  'result-message': { platform: ResultExample; emulator: ResultExample };
  /** The emulator sends a field that the platform never sent. */
  'response-field-missing': { platform: undefined; emulator: unknown };
  /** The platform sends a field that the emulator does not send. */
  'response-field-extra': { platform: unknown; emulator: undefined };
  /** Another JSON type. */
  'response-field-type': { platform: unknown; emulator: unknown };
  /** A string that is written differently: `forms.ts` has the forms. */
  'response-field-form': { platform: string; emulator: string };
  /** A code or token with another number of characters. */
  'response-field-length': { platform: string; emulator: string };
  /** The values of the member that tells the items of a list apart, such as contactType, in their order. place: that member. */
  'array-order': { platform: readonly string[]; emulator: readonly string[] };
  /** A field of the user that only one side reads. The other side is undefined. */
  'scope-reads': { platform: unknown; emulator: unknown };
  /** place: the name of the lifetime, such as accessToken. Durations in ISO 8601. */
  lifetime: { platform: string; emulator: string };
  /** place: accessToken or refreshToken. Whether the old one still works after a refresh. */
  'refresh-old-pair': { platform: boolean; emulator: boolean };
  /**
   * The platform accepts a request that the profile refuses because of this field. emulator: the reason, in English. platform: the value;
   * if the field is missing, the fields that the profile does not know.
   */
  'request-field-refused': { platform: unknown; emulator: string; reason: Text };
  /** The platform refuses a request because of this field, and the profile accepts it. platform: the message. emulator: as above. */
  'request-field-accepted': { platform: string | undefined; emulator: unknown };
  /** place: the name of the header, in lower case for all codes but header-case. */
  'header-missing': { platform: undefined; emulator: string };
  'header-extra': { platform: string; emulator: undefined };
  /** The names as they are sent. */
  'header-case': { platform: string; emulator: string };
  'header-value': { platform: string; emulator: string };
  /** place of the codes below: request or response. emulator: the algorithm's word. */
  'signature-missing': { platform: undefined; emulator: string };
  'signature-encoding': { platform: string; emulator: string };
  'signature-algorithm': { platform: string; emulator: string };
  /** Templates as in profile.signature. */
  'signature-content': { platform: string; emulator: string };
  /** The signature does not verify with the given key over any known content. emulator: the template. */
  'signature-unverified': { platform: undefined; emulator: string };
}

interface Shown {
  /** The profile's name of the operation. Undefined: the wallet as a whole, or a call that looks like no operation. */
  operation: string | undefined;
  /** A field such as `response.userInfo.contactInfos[].contactNo` or `request.appId`, a header's name, or what `Sides` says. */
  place: string | undefined;
  /** The scopes of the grant, if the difference is in the user's data. They are guessed from the data unless they were given. */
  scopes?: readonly string[];
  /** For a field of an answer that only the platform has, or that has another form or type there. */
  constancy?: Constancy;
  /** The exchanges that show it: their indexes in the recording. */
  exchanges: number[];
}

/** A way in which the platform differs from the profile. `platform` and `emulator` are examples. */
export type DifferenceOf<Code extends DifferenceCode> = { [C in Code]: { code: C } & Sides[C] & Shown }[Code];
export type Difference = DifferenceOf<DifferenceCode>;
