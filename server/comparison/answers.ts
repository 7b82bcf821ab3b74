import type { Operation, Profile } from '../profiles/profile.js';
import type { UserEntry } from '../records/entries.js';
import type { EmulatorAnswer } from './answerer.js';
import type { JsonObject } from './json-object.js';
import type { PlatformCall } from './platform-call.js';

/** The two answers to one call. */
export interface Answers {
  call: PlatformCall;
  operation: Operation;
  /** The body of the platform's answer. */
  platform: JsonObject;
  /** The body of the emulator's answer. */
  emulator: JsonObject;
  /** The reason of the emulator's answer. */
  answer: EmulatorAnswer;
  profile: Profile;
  /** The users of the fixtures: a field that some of them do not have is optional. */
  users: readonly UserEntry[];
}
