import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import selfsigned from 'selfsigned';
import { scratchFolder } from './emulator.js';
import type { PlatformMessage, SeenRequest, StartMessage } from './platform-process.js';

/** A platform that runs in another process, with a certificate of an authority of its own. */
export class RealPlatform {
  readonly url: string;
  /** The certificate of the authority: a PEM file. */
  readonly caFile: string;
  /** The platform's public key: a PEM file. */
  readonly publicKeyFile: string;
  readonly seen: SeenRequest[] = [];
  readonly process: ChildProcess;

  private constructor(url: string, folder: string, child: ChildProcess) {
    this.url = url;
    this.caFile = join(folder, 'ca.pem');
    this.publicKeyFile = join(folder, 'platform.pem');
    this.process = child;
    child.on('message', (message: PlatformMessage) => 'seen' in message && this.seen.push(message.seen));
  }

  /** Starts the process. It ends after the file's last test. */
  static async start(): Promise<RealPlatform> {
    const folder = scratchFolder();
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    writeFileSync(join(folder, 'platform.pem'), publicKey);
    const child = fork(join(import.meta.dirname, 'platform-process.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    after(() => child.kill());
    const started = new Promise<number>((resolve, reject) => {
      child.on('message', (message: PlatformMessage) => 'port' in message && resolve(message.port));
      child.once('exit', () => reject(new Error('the platform ended')));
    });
    child.send({ tls: await certificate(folder), privateKey } satisfies StartMessage);
    return new RealPlatform(`https://localhost:${await started}`, folder, child);
  }
}

/** A certificate for localhost, of an authority whose certificate is written to a file. */
async function certificate(folder: string): Promise<StartMessage['tls']> {
  const authority = await selfsigned.generate([{ name: 'commonName', value: 'Test authority' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  writeFileSync(join(folder, 'ca.pem'), authority.cert);
  const { cert, private: key } = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  return { cert, key };
}
