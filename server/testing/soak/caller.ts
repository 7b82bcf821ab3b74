import { type Agent, request } from 'node:http';
import { aurora, auroraKey, faro } from '../emulator.js';
import { Merchant, privateKey } from '../merchant.js';
import type { Random } from './random.js';
import type { Tally } from './tally.js';

/** The paths of the operations that merchants call. */
export const paths = {
  applyToken: '/v2/authorizations/applyToken',
  userInfo: '/v2/users/inquiryUserInfo',
  revoke: '/v2/authorizations/revoke',
};

/** The reply. */
export interface Reply {
  /** 0: the connection ended without a whole answer. */
  status: number;
  headers: Record<string, unknown>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: any JSON; undefined if it is none
  body: any;
  /** The wallet's result code, if there is one. */
  code: string | undefined;
}

const clients = {
  aurora: new Merchant('', aurora.clientId, auroraKey),
  faro: new Merchant('', faro.clientId, privateKey('demo-merchant-2.private.pem')),
};

interface CallOptions {
  by?: keyof typeof clients;
  /** A scenario makes this call fail or wait. */
  expectsFault?: boolean;
  headers?: Record<string, string>;
  /** Ends the call. */
  signal?: AbortSignal;
  /** The emulator to ask; default: any. */
  url?: string;
}

/** Calls the emulators for one tenant, as a merchant's server and as a test. */
export class Caller {
  constructor(
    readonly urls: readonly string[],
    readonly tenant: string,
    readonly random: Random,
    readonly tally: Tally,
    readonly agent: Agent,
  ) {}

  get anyUrl(): string {
    return this.random.pick(this.urls);
  }

  /** A signed call of the OpenAPI. */
  platform(path: string, fields: object, { by = 'aurora', headers = {}, ...options }: CallOptions = {}): Promise<Reply> {
    this.tally.add('signed calls');
    const client = clients[by];
    const body = Buffer.from(JSON.stringify(fields));
    const time = new Date().toISOString().replace('Z', '+00:00');
    const signature = client.signature(path, body, { time, encoding: 'percent' });
    return this.#send('POST', path, body, options, {
      'content-type': 'application/json; charset=UTF-8',
      'client-id': client.clientId,
      'request-time': time,
      signature: `algorithm=RSA256, keyVersion=1, signature=${signature}`,
      ...headers,
    });
  }

  /** A call of the control API. Any answer other than 2xx is a violation. */
  async control(method: string, path: string, fields?: object, options: CallOptions = {}): Promise<Reply['body']> {
    this.tally.add('control calls');
    const body = fields && Buffer.from(JSON.stringify(fields));
    const headers: Record<string, string> = fields === undefined ? {} : { 'content-type': 'application/json' };
    const reply = await this.#send(method, `/_emulator/${path}`, body, options, headers);
    const isFine = (reply.status >= 200 && reply.status < 300) || options.signal?.aborted === true;
    this.tally.check(isFine, () => `${method} ${path} answered ${reply.status}: ${reply.text.slice(0, 300)}`);
    return reply.body;
  }

  /** A request of a browser: for a page, or with what a script or a form of a page sends. */
  async page(method: string, path: string, sent?: string, headers: Record<string, string> = {}): Promise<Reply> {
    this.tally.add('page requests');
    const reply = await this.#send(method, path, sent === undefined ? undefined : Buffer.from(sent), {}, headers);
    this.tally.check(reply.status === 200, () => `${method} ${path} answered ${reply.status}: ${reply.text.slice(0, 300)}`);
    return reply;
  }

  async #send(
    method: string,
    path: string,
    body: Buffer | undefined,
    { expectsFault = false, signal, url = this.anyUrl }: CallOptions,
    headers: Record<string, string>,
  ): Promise<Reply> {
    const startedAt = performance.now();
    const reply = await this.#exchange(url, method, path, body, signal, headers);
    if (expectsFault || signal !== undefined) return reply;
    this.tally.noteAnswer(`${method} ${path}`, performance.now() - startedAt);
    this.tally.check(
      reply.status > 0 && reply.status < 500,
      () => `${method} ${path} of ${this.tenant}: ${reply.status} ${reply.text}`,
    );
    return reply;
  }

  #exchange(
    url: string,
    method: string,
    path: string,
    body: Buffer | undefined,
    signal: AbortSignal | undefined,
    headers: Record<string, string>,
  ): Promise<Reply> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve) => {
      const broken = (error: Error) => resolve({ status: 0, headers: {}, text: error.message, body: undefined, code: undefined });
      const sent = request(
        {
          ...{ hostname, port, method, path, agent: this.agent },
          headers: { ...headers, 'x-emulator-tenant': this.tenant, ...(body && { 'content-length': body.length }) },
          ...(signal && { signal }),
        },
        async (answer) => {
          try {
            let text = '';
            for await (const chunk of answer.setEncoding('utf8')) text += chunk;
            const parsed = parse(text);
            const { resultCode } = (parsed as { result?: { resultCode?: string } } | undefined)?.result ?? {};
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, body: parsed, code: resultCode });
          } catch (error) {
            broken(error as Error);
          }
        },
      );
      sent.on('error', broken).end(body);
    });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
