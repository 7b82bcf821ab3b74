import { type CallResult, fail, ILLEGAL, isObject, NETWORK, NOT_PERMITTED, reason, UNKNOWN, type Value } from './call-result.js';
import { createQueue } from './queue.js';

const walletTimeoutMs = 30_000;

/** How a page, or Node, reaches the wallet. */
export interface WalletConnection {
  /** Its name and address, for messages. */
  name: string;
  /** Why the wallet cannot be asked from here at all. */
  blockedReason?(): string | undefined;
  /** What is sent with every call, besides its name and parameters. */
  context(): Value;
  /** Sends a call to `/wallet/jsapi`. Rejects if the wallet does not answer. */
  post(body: string, signal: AbortSignal): Promise<{ status: number; text: string }>;
  /** Shows a screen of the wallet, and waits for its result. */
  showScreen(screen: Screen): Promise<CallResult>;
}

export interface Screen {
  url: string;
  /** The id of the request that the screen is about. */
  id: string;
  /** The call that needs the screen. */
  name: string;
}

/** Makes the function that asks the wallet: one call after another, as on a phone. It never rejects. */
export function createWalletCall(wallet: WalletConnection): (name: string, params: Value) => Promise<CallResult> {
  const queue = createQueue();
  return (name, params) => {
    let body: string;
    try {
      body = JSON.stringify({ name, params, ...wallet.context() });
    } catch (error) {
      return queue(async () => fail(ILLEGAL, `the parameters of ${name} cannot be sent: ${reason(error)}`));
    }
    return queue(() => ask(wallet, name, body).catch((error) => fail(UNKNOWN, reason(error))));
  };
}

async function ask(wallet: WalletConnection, name: string, body: string): Promise<CallResult> {
  const blocked = wallet.blockedReason?.();
  if (blocked) return fail(NOT_PERMITTED, blocked);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), walletTimeoutMs);
  let answer: { status: number; text: string };
  try {
    answer = await wallet.post(body, stop.signal);
  } catch (error) {
    const problem = stop.signal.aborted
      ? `did not answer within ${walletTimeoutMs / 1000} s`
      : `cannot be reached: ${reason(error)}`;
    // my.tradePay reports a lost network by its resultCode.
    return fail(NETWORK, `${wallet.name} ${problem}`, name === 'tradePay' ? { resultCode: '6002' } : {});
  } finally {
    clearTimeout(timer);
  }
  return readAnswer(wallet, name, answer);
}

function readAnswer(
  wallet: WalletConnection,
  name: string,
  { status, text }: { status: number; text: string },
): CallResult | Promise<CallResult> {
  const answer = parse(text);
  if (!isObject(answer)) return fail(UNKNOWN, `${wallet.name} answered HTTP ${status} without a JSON object`);
  if (status !== 200)
    return fail(UNKNOWN, typeof answer.message === 'string' ? answer.message : `${wallet.name} answered HTTP ${status}`);
  if (typeof answer.sheet === 'string') return wallet.showScreen({ url: answer.sheet, id: String(answer.id), name });
  return { ok: answer.ok === true, result: isObject(answer.result) ? answer.result : {} };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
