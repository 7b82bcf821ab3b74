import type { OutcomeName } from '../engine/outcomes.js';
import type { Exchange, ExchangeResponse } from '../recordings/exchange.js';
import type { UserEntry } from '../records/entries.js';
import type { Text } from '../texts/text.js';

/** A field of a request that the profile refuses, although the platform accepted the request. */
export interface RefusedField {
  /** Such as `request.appId`, or `header Request-Id`. */
  place: string;
  /** The reason why the profile refuses it. */
  reason: Text;
  /** The value that the platform accepted. If the field is missing: the fields that the profile does not know, one of which may be its new name. */
  sent: unknown;
}

/** The answer of an emulator of the profile to the request of an exchange. */
export interface EmulatorAnswer extends ExchangeResponse {
  /** The engine's name of the result. */
  outcome: OutcomeName;
  /** The reason of its end. */
  reason: Text;
  /** The scopes of the grant that the call used. */
  scopes: readonly string[];
  /** True if nobody has named the scopes, so that they are guessed from the data. */
  areScopesGuessed: boolean;
  /** The user whose data it sent: of the fixtures if the platform's user is one of them. */
  user: UserEntry;
  /** True if the user is one of the fixtures, so that the emulator sends exactly the data of the platform. */
  isSameUser: boolean;
  /** The fields for which the profile refuses the request. The answer is the one without these problems. */
  refusedFields: readonly RefusedField[];
}

/**
 * An emulator that answers the calls of a recording, one after another. Its state fits the recording: it knows the codes and tokens
 * that worked on the platform, and its clock has the time of the exchange.
 */
export interface Answerer {
  /** @returns what the emulator answers to the same request. The answer of the platform tells which state the emulator needs */
  answer(exchange: Exchange): Promise<EmulatorAnswer>;
}
