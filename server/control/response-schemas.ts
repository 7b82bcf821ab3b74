import Type, { type TSchema } from 'typebox';
import { controlErrorCodes } from '../http/control-error-code.js';

/** The body of every error. */
export const Failure = Type.Object(
  {
    error: Type.Enum([...controlErrorCodes], { description: 'what is wrong, for programs', examples: ['invalid'] }),
    message: Type.String({
      description: 'what is wrong, where, and what to do',
      examples: ['clientId: missing; expected a string'],
    }),
  },
  { description: 'An error' },
);

/** The response body of a 204. */
export const NoContent = Type.Null({ description: 'Done' });

type FailureStatus = 400 | 404 | 408 | 409;

/** A route's responses, for its schema: how it ends well, and how it is refused. */
export function responses<Status extends number, Schema extends TSchema>(
  status: Status,
  schema: Schema,
  ...failures: FailureStatus[]
) {
  const errors = Object.fromEntries(failures.map((failure) => [failure, Failure]));
  return { [status]: schema, ...errors } as { [Key in Status]: Schema };
}
