import { isIP } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';

export interface AddressOptions {
  /** The address of `--public-url`, without a slash at the end. Undefined: each call has the address by which it came. */
  publicUrl: string | undefined;
  /** Believe X-Forwarded-Proto, -Host and -Prefix. */
  trustProxy: boolean;
  /** Further host names of the emulator, in lower case. They may change while it runs. */
  ownHosts: ReadonlySet<string>;
  /** The address that the emulator listens at, once it is known. */
  listeningUrl(): string;
}

/** The address by which a call came. */
export interface CallAddress {
  /** Scheme, host and port: `https://demo.example`. */
  origin: string;
  /** Host and port, as the caller wrote them. */
  host: string;
  /** The host without its port, in lower case and without brackets. */
  hostname: string;
  /** The path below which a proxy serves the emulator, such as `/wallet`. Empty if there is none. */
  basePath: string;
  /** True if the host is one of the emulator's. */
  isOurs: boolean;
  /** True if browsers use HTTPS. */
  isSecure: boolean;
  /** The address that a proxy says, if neither `--trust-proxy` nor `--public-url` makes the emulator believe one. */
  ignored?: { host: string | undefined; url: string };
}

/** Tells by which addresses others reach the emulator. */
export class PublicAddress {
  readonly #options: AddressOptions;
  readonly #publicPath: string;
  readonly #publicOrigin: string | undefined;
  /** The host of the last call. Most calls come by the same one, so it is read once. */
  #lastHost = readHost('');

  constructor(options: AddressOptions) {
    const url = options.publicUrl === undefined ? undefined : new URL(options.publicUrl);
    this.#options = options;
    this.#publicPath = url === undefined ? '' : basePathOf(url);
    this.#publicOrigin = url?.origin;
  }

  /** The address if no call tells it: `--public-url`, else the one that the emulator listens at. */
  get default(): string {
    return this.#options.publicUrl ?? this.#options.listeningUrl();
  }

  /** The address that answers to a call contain: `--public-url`, else the one by which the call came, if its host is the emulator's. */
  answerTo(call: CallAddress): string {
    const { publicUrl, listeningUrl } = this.#options;
    return publicUrl ?? (call.isOurs ? call.origin + call.basePath : listeningUrl());
  }

  /** Reads the address by which a request came. */
  of({ headers, raw }: FastifyRequest): CallAddress {
    const forwarded = this.#options.trustProxy ? readForwarded(headers) : undefined;
    const scheme = forwarded?.scheme ?? (raw.socket instanceof TLSSocket ? 'https' : 'http');
    const host = forwarded?.host ?? headers.host ?? '';
    if (this.#lastHost.host !== host) this.#lastHost = readHost(host);
    const { hostname, isOwn } = this.#lastHost;
    const ignored = this.#options.trustProxy || this.#publicOrigin !== undefined ? undefined : readForwarded(headers);
    const isIgnored = ignored?.scheme === 'https' || ignored?.host !== undefined;
    const isProxied = forwarded?.scheme !== undefined || forwarded?.host !== undefined;
    return {
      origin: `${scheme}://${host}`,
      host,
      hostname,
      basePath: this.#publicOrigin === undefined ? (forwarded?.prefix ?? '') : this.#publicPath,
      isSecure: scheme === 'https' || this.#publicOrigin?.startsWith('https:') === true,
      ...(isIgnored && {
        ignored: { host: ignored.host, url: `${ignored.scheme ?? scheme}://${ignored.host ?? host}${ignored.prefix ?? ''}` },
      }),
      isOurs: hostname !== '' && (isProxied || isOwn || this.#options.ownHosts.has(hostname)),
    };
  }

  /** Returns true if an origin is the emulator's: the one by which a call came, or the one of `--public-url`. */
  isOwnOrigin(origin: string, call: CallAddress): boolean {
    return origin === call.origin || origin === this.#publicOrigin;
  }
}

/**
 * Reads the address of `--public-url`.
 * @returns the address without a slash at the end
 * @throws Error that says what was expected
 */
export function readPublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const { protocol = '', username = '', password = '', search = '', hash = '' } = url ?? {};
  if (url === undefined || !/^https?:$/.test(protocol) || username + password + search + hash !== '')
    throw new Error('expected an http or https address, such as https://demo.example/wallet');
  return url.origin + basePathOf(url);
}

/** The path of a URL without a slash at its end; empty for the root. */
export function basePathOf({ pathname }: URL): string {
  return pathname.replace(/\/$/, '');
}

/**
 * Returns true if no page of the web can come to this name by DNS rebinding: a name of this machine, an IP address, a name without a
 * dot, as containers have, and a name of a private network (`host.docker.internal`). No stranger can register such a name. An address
 * needs no DNS, so its pages are the emulator's own.
 */
function isOwnName(name: string): boolean {
  return isIP(name) !== 0 || /^[a-z0-9_-]+$/.test(name) || /\.(localhost|internal)$/.test(name);
}

function readHost(host: string) {
  const hostname = hostnameOf(host);
  return { host, hostname, isOwn: isOwnName(hostname) };
}

/** The host name of a `Host` header. @returns an empty text if the header is not a host */
function hostnameOf(host: string): string {
  const url = `http://${host}`;
  if (host === '' || !URL.canParse(url)) return '';
  const { hostname, pathname, search, hash, username, password } = new URL(url);
  const isOnlyHost = pathname === '/' && search + hash + username + password === '' && !/[/?#@\\]/.test(host);
  return isOnlyHost ? hostname.replace(/^\[|\]$/g, '') : '';
}

const forwardedHeaders = ['x-forwarded-proto', 'x-forwarded-host', 'x-forwarded-prefix'];

interface Forwarded {
  scheme?: 'http' | 'https' | undefined;
  host?: string | undefined;
  prefix?: string | undefined;
}

/**
 * Reads what a proxy says about the request that it got. If several proxies each added a value, the first one is the browser's; their
 * prefixes come one after the other.
 */
function readForwarded(headers: FastifyRequest['headers']): Forwarded {
  if (forwardedHeaders.every((name) => headers[name] === undefined)) return {};
  const values = (name: string) => [headers[`x-forwarded-${name}`] ?? []].flat().flatMap((value) => value.split(','));
  const [scheme, host, prefixes] = [values('proto')[0]?.trim().toLowerCase(), values('host')[0]?.trim(), values('prefix')];
  const prefix = prefixes.map((part) => part.trim().replace(/\/$/, '')).join('');
  return {
    scheme: scheme === 'http' || scheme === 'https' ? scheme : undefined,
    host: host !== undefined && hostnameOf(host) !== '' ? host : undefined,
    prefix: /^(\/[\w.~!$&'()*+;=:@%-]+)*$/.test(prefix) ? prefix : undefined,
  };
}
