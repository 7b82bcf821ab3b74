import {
  ClientClosedError,
  ClientOfflineError,
  ConnectionTimeoutError,
  DisconnectsClientError,
  ErrorReply,
  ReconnectStrategyError,
  RootNodesUnavailableError,
  SocketClosedUnexpectedlyError,
} from 'redis';
import { type Text, text } from '../../texts/text.js';
import { textOf } from '../../texts/text-error.js';

const offline = [ClientOfflineError, ClientClosedError, ConnectionTimeoutError, RootNodesUnavailableError] as const;

/** The reason why a command failed, in our words: those of the client are in English. The words of the server are quoted. */
export function redisProblem(error: unknown): Text {
  if (error instanceof ReconnectStrategyError) return redisProblem(error.originalError);
  if (error instanceof ErrorReply) return text('redis-error', { reply: error.message });
  if (error instanceof SocketClosedUnexpectedlyError || error instanceof DisconnectsClientError) return text('redis-closed');
  return offline.some((kind) => error instanceof kind) ? text('redis-offline') : textOf(error);
}
