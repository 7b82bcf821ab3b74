import { jsapiError } from '../../engine/jsapi-errors.js';
import { type CallResult, fail, isObject, reason, type Value } from './call-result.js';
import { createQueue } from './queue.js';
import { startTimer } from './timer.js';

const walletTimeoutMs = 30_000;

/** The transport from a page, or from Node, to the wallet. */
export interface WalletConnection {
  /** Its name and address, for messages. */
  name: string;
  /** The reason why the wallet cannot be asked from here at all. */
  accessProblem?(): string | undefined;
  /** Fields that are sent with every call, in addition to its name and parameters. */
  context(): Value;
  /** Sends a call to `/wallet/jsapi`. Rejects if the wallet does not answer. */
  post(body: string, signal: AbortSignal): Promise<{ status: number; text: string }>;
  /**
   * Shows a screen of the wallet, and waits for its result. Without it, a call that needs a screen fails.
   * @param id of the request that the screen is about
   * @param files the addresses of the styles and scripts to load before the screen asks for them
   */
  showScreen?(url: string, id: string, files: string[]): Promise<CallResult>;
}

/** Makes the function that asks the wallet: one call after another, as on a phone. It never rejects. */
export function createWalletCall(wallet: WalletConnection): (name: string, params: Value) => Promise<CallResult> {
  const queue = createQueue();
  return (name, params) => {
    let body: string;
    try {
      body = JSON.stringify({ name, params, ...wallet.context() });
    } catch (error) {
      return queue(async () => fail(jsapiError.invalidParameters, `the parameters of ${name} cannot be sent: ${reason(error)}`));
    }
    return queue(() => ask(wallet, name, body).catch((error) => fail(jsapiError.unknown, reason(error))));
  };
}

async function ask(wallet: WalletConnection, name: string, body: string): Promise<CallResult> {
  const blocked = wallet.accessProblem?.();
  if (blocked) return fail(jsapiError.notPermitted, blocked);
  const stop = new AbortController();
  const stopTimer = startTimer(walletTimeoutMs, () => stop.abort());
  let answer: { status: number; text: string };
  try {
    answer = await wallet.post(body, stop.signal);
  } catch (error) {
    const problem = stop.signal.aborted
      ? `did not answer within ${walletTimeoutMs / 1000} s`
      : `cannot be reached: ${reason(error)}`;
    // my.tradePay reports a lost network by its resultCode.
    return fail(jsapiError.network, `${wallet.name} ${problem}`, name === 'tradePay' ? { resultCode: '6002' } : {});
  } finally {
    stopTimer();
  }
  return readAnswer(wallet, name, answer);
}

function readAnswer(
  wallet: WalletConnection,
  name: string,
  { status, text }: { status: number; text: string },
): CallResult | Promise<CallResult> {
  const answer = parse(text);
  if (!isObject(answer)) return fail(jsapiError.unknown, `${wallet.name} answered HTTP ${status} without a JSON object`);
  if (status !== 200)
    return fail(
      jsapiError.unknown,
      typeof answer.message === 'string' ? answer.message : `${wallet.name} answered HTTP ${status}`,
    );
  if (typeof answer.sheet === 'string') {
    if (wallet.showScreen) return wallet.showScreen(answer.sheet, String(answer.id), (answer.files ?? []) as string[]);
    return fail(
      jsapiError.notPermitted,
      `${name} needs a screen, and none can show here: choose a user who decides alone, or the setting consent: grant or deny`,
    );
  }
  return { ok: answer.ok === true, result: isObject(answer.result) ? answer.result : {} };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
