import { text } from 'node:stream/consumers';
import type { ControlErrorCode } from '../../http/control-error-code.js';
import { product, productHeader } from '../../http/product-header.js';
import { type IncomingResponse, sendRequest } from '../../http/send-request.js';
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

export interface CallerOptions {
  /** The control token, if the emulator asks for it. */
  token?: string | undefined;
  /** The emulator must begin to answer within this time, in milliseconds of the machine's clock. Default: no limit. */
  answerWithinMs?: number | undefined;
  /** Accept every certificate, because the call has no secret. */
  anyCertificate?: boolean;
  /** The advice to start an emulator, at the end of the message that none is running. */
  advice?: string | undefined;
}

/**
 * Calls the control API of an emulator.
 * @param base its address, optionally with `/t/<tenant>`, without a slash at the end
 * @returns a function that throws WalletError if the emulator refuses the call, and Error if there is no emulator at that address
 */
export function callerOf(base: string, options: CallerOptions = {}): Call {
  return async <Answer>(method: string, path: string, body?: object) => {
    const { status, headers, body: stream } = await sendCall(base, options, method, path, body);
    const received = await text(stream);
    if (status === 204) return undefined as Answer;
    const answer = headers['content-type']?.startsWith('application/json') ? JSON.parse(received) : received;
    if (status >= 200 && status < 300) return answer as Answer;
    throw new WalletError(status, answer.error, answer.message + nearestText(answer.nearest));
  };
}

/**
 * Sends a call to the control API of an emulator.
 * @returns the answer, of any status, whose body is not read yet
 * @throws Error if there is no emulator at that address
 */
export async function sendCall(
  base: string,
  { token, answerWithinMs, anyCertificate, advice = '' }: CallerOptions,
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<IncomingResponse> {
  const response = await sendRequest(`${base}/_emulator${path}`, {
    method,
    headers: {
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    answerWithinMs,
    ...(anyCertificate && { anyCertificate }),
    ...(body && { body: JSON.stringify(body) }),
  }).catch((error: NodeJS.ErrnoException) => {
    if (isUntrusted(error)) throw new Error(`${base}: ${untrustedText(base, error)}`, { cause: error });
    throw new Error(`no emulator is running at ${base}: ${error.message}${advice}`, { cause: error });
  });
  if (response.headers[productHeader] === product) return response;
  response.body.destroy();
  throw new Error(
    `${base} answers, but it is not a billetera: ${method} /_emulator${path} got HTTP ${response.status} without the header X-Emulator: ${product}`,
  );
}

function isUntrusted({ code = '' }: NodeJS.ErrnoException): boolean {
  return /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/.test(code);
}

function untrustedText(base: string, { code }: NodeJS.ErrnoException): string {
  return `the certificate is not trusted (${code}): get it with "curl -k ${base}/_emulator/tls.pem -o tls.pem", and set NODE_EXTRA_CA_CERTS=tls.pem`;
}

/** The entries nearest to a filter, one per line. */
function nearestText(entries: Entry[] = []): string {
  return entries
    .map(({ id, kind, operation, method, path, resultCode, status, reason }) => {
      return `\n  ${id} ${kind} ${operation ?? `${method} ${path}`} → ${resultCode ?? status}: ${reason}`;
    })
    .join('');
}
