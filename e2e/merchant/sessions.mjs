// @ts-check
import { randomUUID } from 'node:crypto';
import { PlatformRefusal } from './platform-client.mjs';

/**
 * @typedef {import('./platform-client.mjs').PlatformClient} PlatformClient
 * @typedef {import('./platform-client.mjs').Tokens} Tokens
 */

/** The session is unknown or has ended. */
export class NoSession extends Error {
  name = 'NoSession';
}

/** The logins of the merchant's shop. Tokens stay on the server; the page holds only a session id. */
export class Sessions {
  /** @type {Map<string, Tokens>} */
  #tokens = new Map();
  #platform;

  /** @param {PlatformClient} platform */
  constructor(platform) {
    this.#platform = platform;
  }

  /** @param {string} authCode */
  async login(authCode) {
    const tokens = await this.#platform.exchange(authCode);
    const profile = await this.#read(tokens).catch((error) => {
      // The token may read no profile, for example if its only scope is for messages. The login still works.
      if (error instanceof PlatformRefusal && error.result.resultCode === 'ACCESS_DENIED') return undefined;
      throw error;
    });
    const session = randomUUID();
    this.#tokens.set(session, tokens);
    return { session, ...(profile && { profile }) };
  }

  /** @param {string} session */
  async profile(session) {
    return { session, profile: await this.#read(this.#find(session)) };
  }

  /** @param {string} session */
  async refresh(session) {
    const tokens = await this.#platform.refresh(this.#find(session).refreshToken);
    this.#tokens.set(session, tokens);
    return { session, validUntil: tokens.accessTokenExpiryTime };
  }

  /** @param {string} session */
  async logout(session) {
    try {
      await this.#platform.revoke(this.#find(session).accessToken);
    } catch (error) {
      // Keep the session only if the call can be retried.
      if (error instanceof PlatformRefusal && error.result.resultStatus === 'F') this.#tokens.delete(session);
      throw error;
    }
    this.#tokens.delete(session);
    return {};
  }

  /** @param {string} session */
  #find(session) {
    const tokens = this.#tokens.get(session);
    if (!tokens) throw new NoSession('this session is unknown or has ended; log in again');
    return tokens;
  }

  /**
   * The user's profile, without the platform's userId.
   *
   * @param {Tokens} tokens
   */
  async #read(tokens) {
    const { userId, ...profile } = await this.#platform.userInfo(tokens.accessToken);
    if (userId !== tokens.customerId) throw new Error("the platform answered with another user's profile");
    return profile;
  }
}
