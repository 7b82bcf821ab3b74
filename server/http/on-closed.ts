import type { ServerResponse } from 'node:http';

/** Calls `act` when the connection of an answer is closed; at once if the client hung up before this. */
export function onClosed(answer: ServerResponse, act: () => void): void {
  if (answer.closed) act();
  else answer.once('close', act);
}
