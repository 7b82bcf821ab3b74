/**
 * Compiles one part of a profile and prefixes its errors with the path of that part.
 * An error of the compiler may begin with a path inside the part (`/a/0: expected …`); the two paths are joined by dots.
 * @throws Error such as `operations.revoke.response.a.0: expected …`
 */
export function withErrorPath<Value>(path: string, compile: () => Value): Value {
  try {
    return compile();
  } catch (error) {
    const { message } = error as Error;
    const inner = /^\/.*?(?=: )/.exec(message)?.[0] ?? '';
    throw new Error(`${path}${inner.replaceAll('/', '.')}: ${message.slice(inner === '' ? 0 : inner.length + ': '.length)}`);
  }
}
