import { type Text, type TextCode, text } from './text.js';

/** The fields that Node gives to an error of the network or of a file. */
interface SystemError {
  code?: unknown;
  address?: string;
  port?: number;
  hostname?: string;
  path?: string;
  /** The errors of the single addresses, if a host has several. */
  errors?: readonly SystemError[];
  /** True if an HTTP request ended without an answer, as it does at a port that serves HTTPS. */
  mayServeHttps?: boolean;
}

/** The sentences that have no value but the code. */
type PlainCode = Exclude<
  Extract<TextCode, `network-${string}` | `certificate-${string}` | `disk-${string}` | 'too-many-open-files'>,
  | 'network-refused'
  | 'network-time-out'
  | 'network-no-way'
  | 'network-name-unknown'
  | 'network-name-unanswered'
  | 'network-silent'
>;

const byCode: Readonly<Record<string, PlainCode>> = {
  ECONNRESET: 'network-closed',
  EPIPE: 'network-closed',
  ECONNABORTED: 'network-closed',
  ERR_STREAM_PREMATURE_CLOSE: 'network-closed',
  ABORT_ERR: 'network-aborted',
  EPROTO: 'network-not-https',
  ERR_SSL_WRONG_VERSION_NUMBER: 'network-not-https',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'network-not-https',
  ERR_SSL_HTTP_REQUEST: 'network-not-https',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'network-length-wrong',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-of-other-host',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EIO: 'disk-failed',
  EMFILE: 'too-many-open-files',
  ENFILE: 'too-many-open-files',
};

/** Codes of which there are many. */
const byPattern: readonly [pattern: RegExp, code: PlainCode][] = [
  [/SELF_SIGNED|^UNABLE_TO_|^CERT_UNTRUSTED$/, 'certificate-not-trusted'],
  [/^CERT_/, 'certificate-wrong'],
  [/^ERR_SSL_/, 'network-tls-failed'],
  [/^HPE_/, 'network-not-http'],
  [/^Z_|^ERR__ERROR_/, 'network-coding-wrong'],
];

const aboutAddress = {
  ECONNREFUSED: 'network-refused',
  ETIMEDOUT: 'network-time-out',
  EHOSTUNREACH: 'network-no-way',
  ENETUNREACH: 'network-no-way',
  EHOSTDOWN: 'network-no-way',
  ENETDOWN: 'network-no-way',
} as const;

const aboutHost = { ENOTFOUND: 'network-name-unknown', EAI_AGAIN: 'network-name-unanswered' } as const;

const aboutPath = {
  EACCES: 'path-forbidden',
  EPERM: 'path-forbidden',
  EROFS: 'path-read-only',
  ENOENT: 'path-missing',
  ENOTDIR: 'path-in-no-folder',
  EISDIR: 'path-is-folder',
  EEXIST: 'path-exists',
  EBUSY: 'path-busy',
  ENAMETOOLONG: 'path-too-long',
  ELOOP: 'path-link-in-circle',
} as const;

/** An error of the network or of a file, by its code. @returns undefined for other errors */
export function systemText(error: unknown): Text | undefined {
  const found = Object(error) as SystemError;
  const { code, mayServeHttps } = found;
  if (typeof code !== 'string') return undefined;
  if (hasKey(aboutAddress, code)) return text(aboutAddress[code], { address: addressOf(found), code });
  if (hasKey(aboutHost, code)) return text(aboutHost[code], { host: found.hostname ?? text('the-server'), code });
  if (hasKey(aboutPath, code)) return text(aboutPath[code], { path: found.path ?? text('the-file'), code });
  if (mayServeHttps) return text('network-closed-http', { code });
  const plain = hasKey(byCode, code) ? byCode[code] : byPattern.find(([pattern]) => pattern.test(code))?.[1];
  return plain && text(plain, { code });
}

function hasKey<Table extends object>(table: Table, key: PropertyKey): key is keyof Table {
  return Object.hasOwn(table, key);
}

/** The address that was called: all of them, if the host has several. */
function addressOf({ address, port, errors = [] }: SystemError): string | string[] | Text {
  if (address !== undefined) return withPort(address, port);
  const several = errors.flatMap((each) => (each.address === undefined ? [] : [withPort(each.address, each.port)]));
  return several.length > 0 ? [...new Set(several)] : text('the-server');
}

function withPort(address: string, port: number | undefined): string {
  if (port === undefined) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
