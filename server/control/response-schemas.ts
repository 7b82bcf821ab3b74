import Type, { type TSchema } from 'typebox';
import { controlErrorCodes } from '../http/control-error-code.js';

/** What every refusal looks like. */
export const Failure = Type.Object(
  {
    error: Type.Enum([...controlErrorCodes], { description: 'what is wrong, for programs', examples: ['invalid'] }),
    message: Type.String({
      description: 'what is wrong, where, and what was expected',
      examples: ['clientId: missing; expected a string'],
    }),
  },
  { description: 'Refused' },
);

/** A 204's. */
export const NoContent = Type.Null({ description: 'Done' });

type FailureStatus = 400 | 404 | 408 | 409;

/** A route's responses, for its schema: how it ends well, and how it is refused. */
export function responses<Status extends number, Schema extends TSchema>(
  status: Status,
  schema: Schema,
  ...failures: FailureStatus[]
) {
  const refused = Object.fromEntries(failures.map((failure) => [failure, Failure]));
  return { [status]: schema, ...refused } as { [Key in Status]: Schema };
}
