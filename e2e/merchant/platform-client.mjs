// @ts-check
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

/**
 * @typedef {object} PlatformOptions
 * @property {string} platformUrl base address of the OpenAPI; if it has a path, the path is signed too
 * @property {string} clientId
 * @property {string} appId
 * @property {string} privateKey the merchant's key, PEM
 * @property {string} platformPublicKey the platform's key, PEM
 * @property {keyof typeof ENCODINGS} [signatureEncoding] default percent
 * @property {number} [timeout] milliseconds, default 10,000
 *
 * @typedef {object} Tokens
 * @property {string} accessToken
 * @property {string} accessTokenExpiryTime
 * @property {string} refreshToken
 * @property {string} refreshTokenExpiryTime
 * @property {string} customerId the user's userId
 *
 * @typedef {{ userId: string } & Record<string, unknown>} UserInfo
 * @typedef {{ resultStatus: string, resultCode: string, resultMessage: string }} Result
 */

/** The platform refused the call. */
export class PlatformRefusal extends Error {
  /** @param {Result} result */
  constructor(result) {
    super(`${result.resultCode}: ${result.resultMessage}`);
    this.name = 'PlatformRefusal';
    this.result = result;
  }
}

/** No response came, or the response could not be read. */
export class PlatformUnreachable extends Error {
  name = 'PlatformUnreachable';
}

/** A response came without a valid signature of the platform. */
export class UnverifiedResponse extends Error {
  name = 'UnverifiedResponse';
}

/** The encodings of a signature in its header. Each accepts only its own form. */
export const ENCODINGS = {
  percent: {
    form: /^(?:[A-Za-z0-9]|%2B|%2F|%3D)+$/i,
    write: (/** @type {Buffer} */ bytes) => encodeURIComponent(bytes.toString('base64')),
    read: (/** @type {string} */ text) => Buffer.from(decodeURIComponent(text), 'base64'),
  },
  plain: {
    form: /^[A-Za-z0-9+/]+={0,2}$/,
    write: (/** @type {Buffer} */ bytes) => bytes.toString('base64'),
    read: (/** @type {string} */ text) => Buffer.from(text, 'base64'),
  },
  base64url: {
    form: /^[A-Za-z0-9_-]+$/,
    write: (/** @type {Buffer} */ bytes) => bytes.toString('base64url'),
    read: (/** @type {string} */ text) => Buffer.from(text, 'base64url'),
  },
};

/** A merchant's client for the platform's OpenAPI. It signs every request and verifies every response. */
export class PlatformClient {
  #options;
  #privateKey;
  #platformKey;
  #encoding;

  /** @param {PlatformOptions} options */
  constructor(options) {
    this.#options = options;
    this.#privateKey = createPrivateKey(options.privateKey);
    this.#platformKey = createPublicKey(options.platformPublicKey);
    this.#encoding = ENCODINGS[options.signatureEncoding ?? 'percent'];
  }

  /**
   * @param {string} authCode
   * @returns {Promise<Tokens>}
   */
  exchange(authCode) {
    return this.#call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
  }

  /**
   * @param {string} refreshToken this call uses it up
   * @returns {Promise<Tokens>}
   */
  refresh(refreshToken) {
    return this.#call('/v2/authorizations/applyToken', { grantType: 'REFRESH_TOKEN', refreshToken });
  }

  /**
   * @param {string} accessToken
   * @returns {Promise<UserInfo>}
   */
  async userInfo(accessToken) {
    return (await this.#call('/v2/users/inquiryUserInfo', { accessToken })).userInfo;
  }

  /** Ends an access token and its refresh token. @param {string} accessToken */
  async revoke(accessToken) {
    await this.#call('/v2/authorizations/revoke', { accessToken });
  }

  /**
   * @param {string} resource
   * @param {Record<string, string>} fields
   * @returns {Promise<any>}
   * @throws {PlatformRefusal | PlatformUnreachable | UnverifiedResponse}
   */
  async #call(resource, fields) {
    const { platformUrl, clientId, appId, timeout = 10_000 } = this.#options;
    const url = new URL(platformUrl.replace(/\/$/, '') + resource);
    const body = JSON.stringify({ appId, authClientId: clientId, ...fields });
    const time = new Date().toISOString();
    const content = Buffer.from(`POST ${url.pathname}\n${clientId}.${time}.${body}`);
    const signature = this.#encoding.write(sign('RSA-SHA256', content, this.#privateKey));

    const { response, bytes } = await this.#send(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        'client-id': clientId,
        'request-time': time,
        signature: `algorithm=RSA256, keyVersion=1, signature=${signature}`,
      },
      body,
      signal: AbortSignal.timeout(timeout),
    });
    if (response.status !== 200) throw new PlatformUnreachable(`HTTP ${response.status} from ${url}`);

    this.#verify(url.pathname, response.headers, bytes);
    return read(bytes);
  }

  /**
   * @param {URL} url
   * @param {RequestInit} request
   */
  async #send(url, request) {
    try {
      const response = await fetch(url, request);
      return { response, bytes: Buffer.from(await response.arrayBuffer()) };
    } catch (error) {
      throw new PlatformUnreachable(`no answer from ${url}`, { cause: error });
    }
  }

  /**
   * @param {string} path
   * @param {Headers} headers
   * @param {Buffer} bytes the body as it was received
   */
  #verify(path, headers, bytes) {
    const { clientId } = this.#options;
    if (headers.get('client-id') !== clientId) throw new UnverifiedResponse('the answer is for another client');
    const time = headers.get('response-time');
    if (!time) throw new UnverifiedResponse('the answer has no response-time');

    const parts = pairs(headers.get('signature') ?? '');
    if (!parts.signature) throw new UnverifiedResponse('the answer has no signature');
    if (parts.algorithm !== 'RSA256') throw new UnverifiedResponse(`the answer is signed by ${parts.algorithm}`);
    if (!this.#encoding.form.test(parts.signature)) throw new UnverifiedResponse('the signature is written in another encoding');

    const content = Buffer.concat([Buffer.from(`POST ${path}\n${clientId}.${time}.`), bytes]);
    if (!verify('RSA-SHA256', content, this.#platformKey, this.#encoding.read(parts.signature))) {
      throw new UnverifiedResponse("the signature is not the platform's");
    }
  }
}

/**
 * @param {string} header `algorithm=RSA256, keyVersion=1, signature=…`
 * @returns {Record<string, string>}
 */
function pairs(header) {
  return Object.fromEntries(
    header.split(',').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

/** @param {Buffer} bytes */
function read(bytes) {
  let answer;
  try {
    answer = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new PlatformUnreachable('the answer is not JSON', { cause: error });
  }
  if (answer?.result?.resultStatus !== 'S') {
    if (!answer?.result?.resultCode) throw new PlatformUnreachable('the answer has no result');
    throw new PlatformRefusal(answer.result);
  }
  return answer;
}
