import { text } from 'node:stream/consumers';
import type { ControlErrorCode } from '../../http/control-error-code.js';
import { sendRequest } from '../../http/send-request.js';
import type { Entry } from './journal.js';

/** A call that the emulator refused. The message comes from the emulator and names the field. */
export class WalletError extends Error {
  override readonly name = 'WalletError';
  /** The HTTP status: 400, 401, 404, 408, 409. */
  readonly status: number;
  /** The kind of error, for programs. */
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
 * @param base its address, optionally with `/t/<tenant>`, without a slash at the end
 * @param token the control token, if the emulator asks for it
 * @returns a function that throws WalletError if the emulator refuses the call, and Error if there is no emulator at that address
 */
export function callerOf(base: string, token?: string): Call {
  const authorization = token === undefined ? undefined : { authorization: `Bearer ${token}` };
  return async <Answer>(method: string, path: string, body?: object) => {
    const response = await sendRequest(`${base}/_emulator${path}`, {
      method,
      headers: { ...authorization, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((error: Error) => {
      throw new Error(`no emulator is running at ${base}: ${error.message}`, { cause: error });
    });
    const { status, headers } = response;
    const received = await text(response.body);
    if (status === 204) return undefined as Answer;
    const answer = headers['content-type']?.startsWith('application/json') ? JSON.parse(received) : received;
    if (status >= 200 && status < 300) return answer as Answer;
    if (typeof answer?.message !== 'string')
      throw new Error(`no emulator is running at ${base}: ${method} /_emulator${path} got HTTP ${status}`);
    throw new WalletError(status, answer.error, answer.message + nearestText(answer.nearest));
  };
}

/** The entries nearest to a filter, one per line. */
function nearestText(entries: Entry[] = []): string {
  return entries
    .map(({ id, kind, operation, method, path, resultCode, status, reason }) => {
      return `\n  ${id} ${kind} ${operation ?? `${method} ${path}`} → ${resultCode ?? status}: ${reason}`;
    })
    .join('');
}
