import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** The TCP connection of each TLS connection. */
const tcpConnections = new WeakMap<Socket, Socket>();

/** Makes `resetConnection` work for the connections of an HTTPS server. */
export function noteTcpConnections(server: Server): void {
  const unsecured = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const peer = peerOf(socket);
    unsecured.set(peer, socket);
    socket.once('close', () => unsecured.delete(peer));
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    const connection = unsecured.get(peerOf(socket));
    if (connection !== undefined) tcpConnections.set(socket, connection);
  });
}

/** Ends a connection with a TCP reset. */
export function resetConnection(socket: Socket): void {
  const connection = socket instanceof TLSSocket ? tcpConnections.get(socket) : socket;
  if (connection === undefined) socket.destroy();
  else connection.resetAndDestroy();
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
