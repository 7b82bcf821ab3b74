import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import { Clock } from '../clock/clock.js';
import type { Config } from './config.js';

/** A certificate and its key, in PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/** How long a certificate of our own making is good for, in days: browsers refuse longer ones. */
const days = 397;

/**
 * The certificate that HTTPS is served with: the one that is named, or one of our own making for the names of this machine and those
 * of `--allow-host`. Undefined where HTTPS is not wanted.
 *
 * @throws Error in one line that names the flag, the file and what was expected
 */
export async function certificateOf({ tls, tlsOnly, tlsCert, tlsKey, allowHost }: Config): Promise<Certificate | undefined> {
  if (tlsCert === undefined && tlsKey === undefined)
    return tls || tlsOnly ? makeCertificate(['localhost', '127.0.0.1', '::1', ...allowHost]) : undefined;
  if (tlsCert === undefined) throw new Error('--tls-cert: expected the certificate of --tls-key, a PEM file');
  if (tlsKey === undefined) throw new Error('--tls-key: expected the private key of --tls-cert, a PEM file');
  const certificate = { cert: await read('--tls-cert', tlsCert), key: await read('--tls-key', tlsKey) };
  try {
    createSecureContext(certificate);
  } catch (error) {
    throw new Error(
      `--tls-cert ${tlsCert}: expected a certificate in PEM that fits --tls-key ${tlsKey} (${(error as Error).message})`,
    );
  }
  return certificate;
}

async function read(flag: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${flag} ${path}: expected a PEM file (${(error as Error).message})`);
  }
}

async function makeCertificate(names: readonly string[]): Promise<Certificate> {
  const { default: selfsigned } = await import('selfsigned');
  const altNames = names.map((name) => (isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name }));
  const notBefore = new Date(new Clock().now() - 60_000);
  const made = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: notBefore,
    notAfterDate: new Date(notBefore.getTime() + days * 24 * 60 * 60 * 1000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  return { cert: made.cert, key: made.private };
}
