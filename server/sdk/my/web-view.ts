import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { createInterface } from 'node:readline';
import { reason } from '../../bridge/core/call-result.js';
import { createQueue } from '../../bridge/core/queue.js';
import { post } from './http-wallet.js';

/** Only a session connects the native code with a page. */
const noSession = "createMy has no session; pass one, such as createMy({ url, session: 'test-1' })";

type MessageListener = (event: { detail: unknown }) => void;

/** The mini program's web-view, in which a page has the same session. */
export class WebViewContext {
  readonly #url: string;
  readonly #queue = createQueue();
  #listener: MessageListener | undefined;
  #stop: (() => void) | undefined;

  constructor(url: string, session: string | undefined) {
    this.#url = session === undefined ? '' : `${url}/wallet/sessions/${session}/`;
  }

  /** Sends a message to the page: its `my.onMessage` gets it. What cannot be sent is shown on the console. */
  postMessage(message: unknown): void {
    this.#queue(async () => {
      if (!this.#url) throw new Error(noSession);
      const answer = await post(`${this.#url}page`, { 'content-type': 'application/json' }, JSON.stringify(message));
      if (answer.status >= 400) throw new Error(answer.text);
    }).catch((error: unknown) => warn('postMessage', error));
  }

  /**
   * Stands for the attribute `onMessage` of `<web-view>`: it gets what the page posts, as `event.detail`. Messages that came before
   * it was set are not lost. It does not keep the process alive. Set it to undefined to stop.
   */
  set onMessage(listener: MessageListener | undefined) {
    this.#listener = listener;
    if (listener === undefined) this.#stop?.();
    else if (!this.#url) warn('onMessage', new Error(noSession));
    else if (this.#stop === undefined) this.#listen();
  }

  get onMessage(): MessageListener | undefined {
    return this.#listener;
  }

  #listen(): void {
    const get = this.#url.startsWith('https:') ? getHttps : getHttp;
    let isStopped = false;
    const end = () => {
      isStopped = true;
      this.#stop = undefined;
    };
    const request = get(`${this.#url}native`, { agent: false }, (response) => {
      const lines = createInterface(response);
      // A connection that breaks off ends like any other.
      lines.on('error', () => {});
      lines.on('line', (line) => {
        if (line.startsWith('data: ')) this.#listener?.({ detail: JSON.parse(line.slice('data: '.length)) });
      });
      // The emulator was restarted, or a proxy has closed the stream.
      lines.on('close', () => {
        if (isStopped) return;
        end();
        if (response.statusCode === 200) this.#listen();
        else warn('onMessage', new Error(`HTTP ${response.statusCode}`));
      });
    });
    request.on('socket', (socket) => socket.unref());
    request.on('error', (error) => {
      if (isStopped) return;
      end();
      warn('onMessage', error);
    });
    this.#stop = () => {
      end();
      request.destroy();
    };
  }
}

function warn(what: string, error: unknown): void {
  console.warn(`[billetera] ${what}: ${reason(error)}`);
}
