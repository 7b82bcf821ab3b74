import type { Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { type Certificate, hostOfCertificate } from './certificate.js';
import type { Config } from './config.js';
import { createServer } from './create-server.js';
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
  const servers: Server[] = [];
  const close = async () => {
    await Promise.all(servers.map(closeServer));
    await app.close();
  };
  try {
    await app.ready();
    const addresses = addressesOf(config.host);
    if (config.host === 'localhost' && addresses.length === 1)
      app.log.warn('this machine has no ::1, so the emulator listens for localhost on 127.0.0.1 only');
    const tls = certificate && (await openPort('tlsPort', config, addresses, () => createServer(app, certificate)));
    servers.push(...(tls ?? []));
    const plain = config.tlsOnly ? undefined : await openPort('port', config, addresses, () => createServer(app));
    servers.push(...(plain ?? []));
    const tlsUrl = tls && urlOf('https', tlsHost(config, certificate), tls[0]);
    const url = plain === undefined ? (tlsUrl as string) : urlOf('http', config.host, plain[0]);
    for (const address of new Set([url, tlsUrl])) if (address !== undefined) app.log.info(`listening at ${address}`);
    return { url, ...(tlsUrl !== undefined && { tlsUrl }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The addresses to listen on for a host. Programs resolve `localhost` to either of two addresses, so it stands for both.
 * @param interfaces the addresses of this machine
 */
export function addressesOf(host: string, interfaces = networkInterfaces()): string[] {
  if (host !== 'localhost') return [host];
  const hasIPv6 = Object.values(interfaces).some((addresses) => addresses?.some(({ address }) => address === '::1'));
  return hasIPv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1'];
}

/** The host of a listening address, as it is written in a URL. */
export function hostInUrl(host: string): string {
  const reachable = reachableHost(host);
  return reachable.includes(':') ? `[${reachable}]` : reachable;
}

/** The host of the address of HTTPS, without brackets. */
export function tlsHost({ host }: Config, certificate: Certificate): string {
  return hostOfCertificate(certificate, reachableHost(host));
}

/** An address of this machine, if the emulator listens on all of them. */
function reachableHost(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

function urlOf(scheme: 'http' | 'https', host: string, server: Server | undefined): string {
  return `${scheme}://${hostInUrl(host)}:${(server?.address() as AddressInfo | null)?.port}`;
}

/** The maximum number of ports that are tried until one is free on all addresses. */
const maxAttempts = 20;

/**
 * Opens one port on all addresses, or on none.
 * @returns one listening server for each address
 */
async function openPort(
  name: 'port' | 'tlsPort',
  config: Config,
  addresses: readonly string[],
  create: () => Server,
): Promise<Server[]> {
  for (let attempt = 1; ; attempt++) {
    const servers: Server[] = [];
    let port = config[name];
    for (const address of addresses) {
      const server = create();
      try {
        await listenOn(server, address, port);
      } catch (cause) {
        await Promise.all(servers.map(closeServer));
        if (config[name] === 0 && (cause as NodeJS.ErrnoException).code === 'EADDRINUSE' && attempt < maxAttempts) break;
        throw listenError(name, config, address, cause as NodeJS.ErrnoException);
      }
      servers.push(server);
      ({ port } = server.address() as AddressInfo);
    }
    if (servers.length === addresses.length) return servers;
  }
}

function listenOn(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function listenError(name: 'port' | 'tlsPort', config: Config, address: string, cause: NodeJS.ErrnoException): Error {
  const { host, [name]: port } = config;
  const option = { name, value: port };
  switch (cause.code) {
    case 'EADDRINUSE':
      return new EmulatorError(
        'PORT_IN_USE',
        `the port is in use: another program, perhaps another billetera, listens on ${isIPv6(address) ? `[${address}]` : address}:${port}; stop it, or use another port; 0 takes a free one`,
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
    case 'EAFNOSUPPORT':
      return new EmulatorError('HOST_UNAVAILABLE', 'expected an address of this machine, such as 127.0.0.1', {
        option: { name: 'host', value: host },
        cause,
      });
    default:
      return cause;
  }
}
