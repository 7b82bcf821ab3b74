import Type from 'typebox';

/** A text that is not empty. */
export const Name = Type.String({ minLength: 1 });

/** The same with a description. */
export const named = (description: string) => Type.String({ minLength: 1, description });
