/**
 * Runs what compiles a part of a profile.
 * @throws Error that begins with the part's place, and goes on with the place within it where the message begins with one (`/a/0: `)
 */
export function place<Value>(at: string, compile: () => Value): Value {
  try {
    return compile();
  } catch (error) {
    const { message } = error as Error;
    const within = /^\/.*?(?=: )/.exec(message)?.[0] ?? '';
    throw new Error(`${at}${within.replaceAll('/', '.')}${within === '' ? ': ' : ''}${message.slice(within.length)}`);
  }
}
