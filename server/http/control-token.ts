import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { CallAddress } from './public-address.js';

/**
 * The secret that opens the control API and the pages, set by `--control-token`. Programs send it as a Bearer token (RFC 6750, 2.1).
 * Browsers get a cookie for it when a person signs in.
 */
export class ControlToken {
  readonly #token: string;
  /** The cookie has a value made from the token, because browsers send it to all ports of a host. */
  readonly #session: string;
  /** Two emulators on one host have different cookies, unless they have the same token. */
  readonly #cookieName: string;

  constructor(token: string) {
    const derive = (purpose: string) => createHmac('sha256', token).update(purpose).digest('base64url');
    this.#token = token;
    this.#session = derive('session');
    this.#cookieName = `billetera-${derive('cookie name').slice(0, 8)}`;
  }

  /** Returns true if this text is the token. */
  equals(text: string): boolean {
    return isSame(text, this.#token);
  }

  /** Returns true if a request has the token in its header `Authorization`, or the cookie of a person who signed in. */
  isIn({ headers, callAddress }: FastifyRequest): boolean {
    const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    if (bearer !== undefined) return this.equals(bearer);
    const start = `${this.#nameFor(callAddress)}=`;
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    return cookies.some((cookie) => cookie.startsWith(start) && isSame(cookie.slice(start.length), this.#session));
  }

  /** The value of `Set-Cookie` for a person who signed in. Scripts cannot read it, and pages of other sites do not send it. */
  cookie({ callAddress }: FastifyRequest): string {
    const path = callAddress.basePath || '/';
    const secure = callAddress.isSecure ? '; Secure' : '';
    return `${this.#nameFor(callAddress)}=${this.#session}; Path=${path}; HttpOnly; SameSite=Strict${secure}`;
  }

  /**
   * HTTP and HTTPS have different names, because a browser keeps a page of HTTP from replacing a secure cookie. A cookie for a path
   * cannot have the prefix __Host- (RFC 6265bis, 4.1.3 and 5.7).
   */
  #nameFor(callAddress: CallAddress): string {
    if (!callAddress.isSecure) return this.#cookieName;
    return `${callAddress.basePath === '' ? '__Host-' : '__Secure-'}${this.#cookieName}`;
  }
}

/** Compares two texts in a time that does not depend on where they differ. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
