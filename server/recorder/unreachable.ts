import { type TextCode, text } from '../texts/text.js';
import { TextError, textOf } from '../texts/text-error.js';

/** The code of a network error → what to do about it. */
const advice: Readonly<Record<string, Extract<TextCode, `unreachable-${string}`>>> = {
  ECONNREFUSED: 'unreachable-refused',
  ENOTFOUND: 'unreachable-name',
  EAI_AGAIN: 'unreachable-name',
  ECONNRESET: 'unreachable-closed',
  EPIPE: 'unreachable-closed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'unreachable-other-host',
  CERT_HAS_EXPIRED: 'unreachable-expired',
  EPROTO: 'unreachable-protocol',
  ERR_SSL_WRONG_VERSION_NUMBER: 'unreachable-protocol',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'unreachable-protocol',
};
/** The certificate's authority is not known. */
const unknownAuthority = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/;

/**
 * The error of a request that got no answer: the reason, and what to do.
 * @param origin of the address that was called
 * @param proxy the address of the proxy; empty if there is none
 */
export function unreachable(cause: NodeJS.ErrnoException, origin: string, proxy: string): TextError {
  const { code = '' } = cause;
  const whatToDo = text(unknownAuthority.test(code) ? 'unreachable-authority' : (advice[code] ?? 'unreachable-network'));
  const values = { origin, problem: textOf(cause), whatToDo };
  if (proxy === '') return new TextError(text('platform-unreachable', values), { cause });
  // The proxy's whole address can hold a password.
  return new TextError(text('platform-unreachable-by-proxy', { ...values, proxy: new URL(proxy).host }), { cause });
}
