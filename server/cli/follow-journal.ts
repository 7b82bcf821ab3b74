import { sendCall, WalletError } from '../sdk/client/call.js';
import type { Entry } from '../sdk/client/journal.js';
import type { RemoteWallet } from './remote-wallet.js';

/**
 * Reads the entries that are added to a running emulator's journal, until the emulator ends the stream.
 * @param query the filter, as the control API takes it
 * @param lastId the id of the last entry that is known; entries after it come first
 */
export async function* followJournal(
  { wallet, options }: RemoteWallet,
  query: URLSearchParams,
  lastId: string,
): AsyncGenerator<Entry> {
  const path = `/journal/stream?${query}`;
  const { status, body } = await sendCall(wallet.url, options, 'GET', path, undefined, { 'last-event-id': lastId });
  if (status !== 200)
    throw new WalletError(
      status,
      'invalid',
      `the calls cannot be followed: GET /_emulator/journal/stream answered HTTP ${status}`,
    );
  let received = '';
  for await (const chunk of body.setEncoding('utf8')) {
    received += chunk;
    const messages = received.split('\n\n');
    received = messages.pop() ?? '';
    for (const message of messages) {
      const data = /^id: .*\ndata: (.*)$/m.exec(message)?.[1];
      if (data !== undefined) yield JSON.parse(data) as Entry;
    }
  }
}
