import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Certificate } from './certificate.js';
import type { Config } from './config.js';

/** Where the emulator is reached. */
export interface Listener {
  url: string;
  /** Where it is reached by HTTPS, where it is. */
  tlsUrl?: string;
  close(): Promise<void>;
}

/**
 * Opens the doors: HTTP, and with a certificate HTTPS beside it or alone.
 * @throws Error in one line for a port in use, or an address that is not this machine's; nothing is left open then
 */
export async function listen(app: FastifyInstance, config: Config, certificate: Certificate | undefined): Promise<Listener> {
  let tls: Server | undefined;
  try {
    await app.ready();
    tls = certificate && (await listenTls(app, config, certificate));
    if (!config.tlsOnly)
      await openPort(
        () => app.listen({ port: config.port, host: config.host, listenTextResolver: (address) => `listening at ${address}` }),
        config.host,
        'port',
        config.port,
      );
  } catch (error) {
    tls?.close();
    await app.close();
    throw error;
  }
  const host = hostInUrl(config.host);
  const tlsUrl = tls && `https://${host}:${(tls.address() as AddressInfo).port}`;
  return {
    url: config.tlsOnly ? (tlsUrl as string) : `http://${host}:${(app.server.address() as AddressInfo).port}`,
    ...(tlsUrl !== undefined && { tlsUrl }),
    close: async () => {
      tls?.closeAllConnections();
      tls?.close();
      await app.close();
    },
  };
}

/** The host of a listening address, as a URL names it. */
export function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

async function listenTls(app: FastifyInstance, { host, tlsPort }: Config, certificate: Certificate): Promise<Server> {
  const server = createServer(certificate, app.routing as never);
  const opened = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(tlsPort, host, resolve);
    });
  await openPort(opened, host, 'tls-port', tlsPort);
  return server;
}

async function openPort(open: () => Promise<unknown>, host: string, flag: string, port: number): Promise<void> {
  try {
    await open();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new Error(
        `--${flag} ${port}: expected a free port, and another program listens on ${host}:${port}; stop it, or take --${flag} 0 for a free one`,
      );
    if (code === 'EACCES') throw new Error(`--${flag} ${port}: expected a port that this user may open (1024 and up)`);
    if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') throw new Error(`--host ${host}: expected an address of this machine`);
    throw new Error(message);
  }
}
