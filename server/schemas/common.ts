import Type, { type TObjectOptions, type TSchema } from 'typebox';
import { durationHint } from '../clock/duration.js';

/** For objects that allow only the listed fields, so that a mistyped name is an error. */
export const closed = { additionalProperties: false } as const;

/**
 * An object with any keys, whose values all have one schema. Type.Record with plain string keys does not check the values of keys
 * that contain a line feed, because `.` in its pattern does not match one.
 */
export function Dictionary<Value extends TSchema>(value: Value, options?: TObjectOptions) {
  return Type.Record(Type.String({ pattern: String.raw`^[\s\S]*$` }), value, options);
}

/** An ISO 8601 duration, or a number of seconds. */
export const Duration = Type.Union([Type.String({ pattern: '^P(?=.)' }), Type.Number({ minimum: 0 })], {
  description: durationHint,
});

/** An ISO 8601 time. */
export const Time = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d',
  description: 'an ISO 8601 time, such as 2026-01-31T10:00:00Z',
});

export const Lifetimes = Type.Object(
  { authCode: Type.Optional(Duration), accessToken: Type.Optional(Duration), refreshToken: Type.Optional(Duration) },
  { ...closed, description: 'lifetimes that differ from the defaults' },
);

/** A time in an answer. */
export const Instant = Type.String({
  format: 'date-time',
  description: 'ISO 8601, in UTC',
  examples: ['2026-01-31T10:00:00.000Z'],
});

export const OptionalText = Type.Optional(Type.String());

/** The same schema with every field optional, for changes that are merged. */
export function Changes<Properties extends Record<string, TSchema>>(schema: { properties: Properties }) {
  return Type.Partial(Type.Object(schema.properties), closed);
}
