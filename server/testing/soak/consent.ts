import { aurora } from '../emulator.js';
import { postedMessage } from '../page-client.js';
import type { Caller } from './caller.js';

const origin = 'http://localhost:3000';

/** A JSAPI's result, or the path of the sheet that asks the user. */
interface Asked {
  result?: Record<string, unknown>;
  sheet?: string;
}

/** Calls `my.getAuthCode` as the bridge of a mini program does. */
export async function ask(caller: Caller, scopes: readonly string[]): Promise<Asked> {
  const call = { name: 'getAuthCode', params: { scopes }, appId: aurora.appId, gesture: true, ancestors: [] };
  const { body } = await caller.page('POST', '/wallet/jsapi', JSON.stringify(call), { 'content-type': 'text/plain', origin });
  const { pathname, search } = new URL(body.sheet ?? '/', caller.anyUrl);
  return body.sheet === undefined ? { result: body.result } : { sheet: pathname + search };
}

/** Asks for scopes. The user allows them, unless an earlier consent counts. @returns the result for the mini program */
export async function askAndAllow(caller: Caller, scopes: readonly string[]): Promise<Record<string, unknown>> {
  const { result = {}, sheet } = await ask(caller, scopes);
  if (sheet === undefined) return result;
  await caller.page('GET', sheet);
  const form = new URLSearchParams({ decision: 'allow' });
  for (const scope of scopes) form.append('scope', scope);
  const { text } = await caller.page('POST', sheet, form.toString(), { 'content-type': 'application/x-www-form-urlencoded' });
  return postedMessage({ text }).result ?? {};
}
