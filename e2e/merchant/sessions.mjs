// @ts-check
import { randomUUID } from 'node:crypto';
import { PlatformRefusal } from './platform-client.mjs';

/**
 * @typedef {import('./platform-client.mjs').PlatformClient} PlatformClient
 * @typedef {import('./platform-client.mjs').Tokens} Tokens
 */

/** The page named a session that is not, or no longer, one of ours. */
export class NoSession extends Error {
  name = 'NoSession';
}

/** Who is logged in to the merchant's shop. The tokens stay in here: the page holds a session's id, and nothing else. */
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
      // A token for messages alone, say: the user is in, and stays a stranger.
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
      // Only what may be retried is worth keeping the session for.
      if (error instanceof PlatformRefusal && error.result.resultStatus === 'F') this.#tokens.delete(session);
      throw error;
    }
    this.#tokens.delete(session);
    return {};
  }

  /** @param {string} session */
  #find(session) {
    const tokens = this.#tokens.get(session);
    if (!tokens) throw new NoSession('this session is not, or no longer, ours: log in');
    return tokens;
  }

  /**
   * The user's profile, without what identifies the user to the platform.
   * @param {Tokens} tokens
   */
  async #read(tokens) {
    const { userId, ...profile } = await this.#platform.userInfo(tokens.accessToken);
    if (userId !== tokens.customerId) throw new Error("the platform answered with another user's profile");
    return profile;
  }
}
