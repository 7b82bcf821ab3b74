import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { Clock } from '../clock/clock.js';
import { FileError, readJsonFile, readTextFile } from '../files/read-file.js';
import { saveJson } from '../files/save-json.js';
import { createFolder } from '../store/create-folder.js';
import { inEnglish } from '../texts/write-text.js';
import type { Config } from './config.js';
import { EmulatorError } from './emulator-error.js';

/** A certificate and its private key, in PEM. */
export interface Certificate {
  cert: string;
  key: string;
}

/** The file of the generated certificate and its private key, in the folder for state. */
const certificateFile = 'certificate.json';
/** The lifetime of a generated certificate, in days. Browsers reject certificates that are valid for more than 398 days. */
const validDays = 397;

/**
 * The certificate for HTTPS: the configured one, or a generated one for the names of this machine and the allowed hosts.
 * @returns undefined if HTTPS is off
 * @throws EmulatorError if a file cannot be read, or if the private key does not belong to the certificate
 */
export async function certificateOf({
  tls,
  tlsOnly,
  tlsCert,
  tlsKey,
  allowHost,
  data,
}: Config): Promise<Certificate | undefined> {
  if (tlsCert === undefined && tlsKey === undefined)
    return tls || tlsOnly ? keptCertificate(['localhost', '127.0.0.1', '::1', ...allowHost], data) : undefined;
  if (tlsCert === undefined)
    throw invalid('tlsCert', undefined, 'missing; expected the certificate of the private key, a PEM file');
  if (tlsKey === undefined)
    throw invalid('tlsKey', undefined, 'missing; expected the private key of the certificate, a PEM file');
  const certificate = { cert: read('tlsCert', tlsCert), key: read('tlsKey', tlsKey) };
  try {
    createSecureContext(certificate);
  } catch (error) {
    throw invalid('tlsCert', tlsCert, `expected a PEM certificate that belongs to the private key ${tlsKey}`, error);
  }
  return certificate;
}

/**
 * The host by which clients that check the certificate reach the emulator: the one that it listens on, or a name of the certificate.
 * @param host that the emulator listens on, without brackets
 * @returns `host` if the certificate is valid for it, or if it has only wildcards
 */
export function hostOfCertificate({ cert }: Certificate, host: string): string {
  const certificate = new X509Certificate(cert);
  const isValid = isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host);
  if (isValid !== undefined) return host;
  const [, commonName] = /^CN=(.+)$/m.exec(certificate.subject) ?? [];
  const names = certificate.subjectAltName?.match(/(?<=\b(?:DNS|IP Address):)[^,\s]+/g) ?? [commonName ?? ''];
  return names.find((name) => /^[a-z0-9._:-]+$/i.test(name)) ?? host;
}

function read(name: 'tlsCert' | 'tlsKey', path: string): string {
  try {
    return readTextFile(path);
  } catch (error) {
    throw invalid(name, path, 'expected a PEM file', error);
  }
}

function invalid(name: 'tlsCert' | 'tlsKey', value: string | undefined, problem: string, cause?: unknown): EmulatorError {
  const reason =
    cause === undefined ? '' : ` (${cause instanceof FileError ? inEnglish(cause.problem) : (cause as Error).message})`;
  return new EmulatorError('CERTIFICATE_INVALID', problem + reason, { option: { name, value }, cause });
}

/**
 * A generated certificate. With a folder for state it stays the same over restarts, so that clients have to trust it only once, until it
 * expires or lacks a name.
 */
async function keptCertificate(names: readonly string[], data: string | undefined): Promise<Certificate> {
  if (data === undefined) return generateCertificate(names);
  const file = join(data, certificateFile);
  const kept = readKept(file, names);
  if (kept !== undefined) return kept;
  const generated = await generateCertificate(names);
  try {
    await createFolder(data);
    saveJson(file, generated);
  } catch {
    // The store says why the folder cannot be written.
  }
  return generated;
}

/** @returns undefined if there is none for these names, or if it is damaged or expired: then another one takes its place */
function readKept(file: string, names: readonly string[]): Certificate | undefined {
  try {
    const { cert, key } = readJsonFile(file) as Certificate;
    createSecureContext({ cert, key });
    const certificate = new X509Certificate(cert);
    const isFor = (name: string) => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined;
    return Date.parse(certificate.validTo) > new Clock().now() && names.every(isFor) ? { cert, key } : undefined;
  } catch {
    return undefined;
  }
}

async function generateCertificate(names: readonly string[]): Promise<Certificate> {
  const { default: selfsigned } = await import('selfsigned');
  const altNames = names.map((name) => (isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name }));
  const notBefore = new Date(new Clock().now() - 60_000);
  const { cert, private: key } = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: notBefore,
    notAfterDate: new Date(notBefore.getTime() + validDays * 24 * 60 * 60 * 1000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  return { cert, key };
}
