import { once } from 'node:events';
import { createServer, request as requestHttp } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { after } from 'node:test';

/** The requests that a proxy sends on. */
export interface ProxyOptions {
  /** The path below which it serves the emulator, such as `/wallet`. It removes it, unless `keepsPath`. */
  basePath?: string;
  keepsPath?: boolean;
  /** Headers that it adds or replaces. Without a `host`, it sends the emulator's, as nginx does. */
  headers?: Record<string, string>;
}

/** Starts a reverse proxy in front of an address. It is closed after the file's last test. @returns its address, with the base path */
export async function startProxy(
  target: string,
  { basePath = '', keepsPath = false, headers = {} }: ProxyOptions = {},
): Promise<string> {
  const { hostname, port, host } = new URL(target);
  const server = createServer((incoming, answer) => {
    const path = keepsPath ? incoming.url : (incoming.url ?? '/').slice(basePath.length) || '/';
    const outgoing = requestHttp(
      { hostname, port, path, method: incoming.method, headers: { ...incoming.headers, host, ...headers }, agent: false },
      (answered) => answered.pipe(answer.writeHead(answered.statusCode ?? 502, answered.headers)),
    );
    outgoing.on('error', () => answer.destroy());
    incoming.pipe(outgoing);
  });
  return `${await listen(server)}${basePath}`;
}

/** Starts a forwarder of connections, as a container's published port is one. It is closed after the file's last test. */
export async function startForwarder(target: string): Promise<string> {
  const { hostname, port } = new URL(target);
  const server = createTcpServer((socket) => {
    const upstream = connect(Number(port), hostname);
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
  });
  return listen(server);
}

async function listen(server: ReturnType<typeof createTcpServer>): Promise<string> {
  // Clients keep their connections open for reuse. Unless the server ends them, the process waits for the time-out of the emulator.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
