import { config, session } from './config.ts';
import { reason } from './core/call-result.ts';
import { createQueue } from './core/queue.ts';
import { send } from './page-wallet.ts';

const address = `${config.baseUrl}/wallet/sessions/${session}/`;
const queue = createQueue();
let listener: unknown;
let events: EventSource | undefined;

/** The part of `my` with which a page in a web-view talks to the mini program's native code. */
export const webView = {
  postMessage(message: unknown): void {
    queue(() => post(JSON.stringify(message))).catch((error) => {
      console.warn(`[billetera] postMessage: ${reason(error)}`);
    });
  },
  get onMessage(): unknown {
    return listener;
  },
  set onMessage(given: unknown) {
    listener = given;
    if (!session || events) return;
    events = new EventSource(`${address}page`);
    events.onmessage = ({ data }) => {
      if (typeof listener === 'function') listener(JSON.parse(data));
    };
  },
};

async function post(body: string): Promise<void> {
  if (!session) throw new Error('name the session in data-session');
  const response = await send(`${address}native`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  if (!response.ok) throw new Error(await response.text());
}
