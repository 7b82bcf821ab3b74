import type { Operation } from '../../profiles/profile.js';
import { answer } from './answer.js';
import { exchange } from './exchange.js';
import { issueCode } from './issue-code.js';
import { readDeclared } from './read-declared.js';
import { readUser } from './read-user.js';
import { revoke } from './revoke.js';
import { start } from './start.js';
import type { Verb } from './verb.js';

/** The implementation of each verb that a profile may use. */
export const verbs: Readonly<Record<Operation['verb'], Verb>> = {
  exchange,
  'read-user': readUser,
  'read-declared': readDeclared,
  answer,
  revoke,
  start,
  'issue-code': issueCode,
};
