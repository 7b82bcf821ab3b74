import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import { onClosed } from './on-closed.js';
import { endTurns } from './turns.js';

/** A comment is sent at this interval, so that proxies do not close a quiet stream. */
const keepAliveMs = 15_000;
/** A reader that leaves this many bytes unread is disconnected. */
const maxUnreadBytes = 8 * 1024 * 1024;

/** A response of server-sent events that is being sent. */
export interface EventStream {
  write(text: string): void;
  /** @param act is called when the stream has ended, whoever ended it */
  onClose(act: () => void): void;
}

/** Starts a response of server-sent events. It has the headers that the reply has so far. */
export function startEventStream(reply: FastifyReply): EventStream {
  reply.headers({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // nginx collects an answer before it sends it on, unless the answer says otherwise.
    'x-accel-buffering': 'no',
  });
  endTurns(reply.request);
  const { raw } = reply.hijack();
  raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
  const write = (text: string) => {
    if (raw.writableLength > maxUnreadBytes) raw.destroy();
    else raw.write(text);
  };
  write('retry: 1000\n\n');
  const timer = setInterval(() => write(': keep-alive\n\n'), keepAliveMs).unref();
  onClosed(raw, () => clearInterval(timer));
  return { write, onClose: (act) => onClosed(raw, act) };
}
