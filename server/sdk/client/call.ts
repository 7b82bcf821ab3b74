import type { ControlErrorCode } from '../../http/control-error-code.js';
import type { Entry } from './journal.js';

/** A call that the emulator refused: the message is its own, and names the field. */
export class WalletError extends Error {
  override readonly name = 'WalletError';
  /** The HTTP status: 400, 404, 408, 409. */
  readonly status: number;
  /** What is wrong, for programs. */
  readonly error: ControlErrorCode;

  constructor(status: number, error: ControlErrorCode, message: string) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

/** @param path below `/_emulator` */
export type Call = <Answer = void>(method: string, path: string, body?: object) => Promise<Answer>;

/**
 * Calls the control API of an emulator.
 * @param base its address, with a possible `/t/<tenant>` and no closing slash
 * @returns a function that throws WalletError where it is refused, and Error where there is no emulator at that address
 */
export function callerOf(base: string): Call {
  return async <Answer>(method: string, path: string, body?: object) => {
    const response = await fetch(`${base}/_emulator${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }).catch((error: Error) => {
      const { message } = (error.cause as Error | undefined) ?? error;
      throw new Error(`${base}: expected a running emulator (${message || error.message})`, { cause: error });
    });
    if (response.status === 204) return undefined as Answer;
    const text = await response.text();
    const answer = response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text;
    if (response.ok) return answer as Answer;
    if (typeof answer?.message !== 'string')
      throw new Error(`${base}: expected an emulator, and ${method} /_emulator${path} was answered by HTTP ${response.status}`);
    throw new WalletError(response.status, answer.error, answer.message + nearest(answer.nearest));
  };
}

/** What came closest to what was waited for, a line each. */
function nearest(entries: Entry[] = []): string {
  return entries
    .map(({ id, kind, operation, method, path, resultCode, status, reason }) => {
      return `\n  ${id} ${kind} ${operation ?? `${method} ${path}`} → ${resultCode ?? status}: ${reason}`;
    })
    .join('');
}
