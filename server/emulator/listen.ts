import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Certificate } from './certificate.js';
import type { Config } from './config.js';
import { EmulatorError } from './emulator-error.js';

/** The addresses of a listening emulator. */
export interface Listener {
  url: string;
  /** The address of HTTPS, if it is on. */
  tlsUrl?: string;
  close(): Promise<void>;
}

/**
 * Listens for HTTP, and with a certificate for HTTPS too. With `tlsOnly` it listens for HTTPS only.
 * @throws EmulatorError if a port is in use or forbidden, or if the host is not an address of this machine. Nothing stays open.
 */
export async function listen(app: FastifyInstance, config: Config, certificate: Certificate | undefined): Promise<Listener> {
  let tls: Server | undefined;
  try {
    await app.ready();
    tls = certificate && (await listenTls(app, config, certificate));
    if (!config.tlsOnly)
      await openPort('port', config, () =>
        app.listen({ port: config.port, host: config.host, listenTextResolver: (address) => `listening at ${address}` }),
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

/** The host of a listening address, as it is written in a URL. */
export function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

async function listenTls(app: FastifyInstance, config: Config, certificate: Certificate): Promise<Server> {
  const server = createServer(certificate, app.routing as never);
  const open = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(config.tlsPort, config.host, resolve);
    });
  await openPort('tlsPort', config, open);
  return server;
}

async function openPort(name: 'port' | 'tlsPort', config: Config, open: () => Promise<unknown>): Promise<void> {
  try {
    await open();
  } catch (cause) {
    throw listenError(name, config, cause as NodeJS.ErrnoException);
  }
}

function listenError(name: 'port' | 'tlsPort', config: Config, cause: NodeJS.ErrnoException): Error {
  const { host, [name]: port } = config;
  const option = { name, value: port };
  switch (cause.code) {
    case 'EADDRINUSE':
      return new EmulatorError(
        'PORT_IN_USE',
        `the port is in use: another program listens on ${host}:${port}; stop it, or use 0 to take a free port`,
        { option, cause },
      );
    case 'EACCES':
      return new EmulatorError(
        'PORT_FORBIDDEN',
        'this user may not open the port; use a port from 1024, or 0 to take a free one',
        {
          option,
          cause,
        },
      );
    case 'ENOTFOUND':
    case 'EADDRNOTAVAIL':
      return new EmulatorError('HOST_UNAVAILABLE', 'expected an address of this machine, such as 127.0.0.1', {
        option: { name: 'host', value: host },
        cause,
      });
    default:
      return cause;
  }
}
