import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateOf } from '../emulator/certificate.js';
import { type Config, readConfig } from '../emulator/config.js';
import { scratchFolder } from './emulator.js';

/** The configuration of an emulator on free ports. */
export const configOf = (changes: Partial<Config>): Config => ({ ...readConfig({ port: 0 }, {}), tlsPort: 0, ...changes });

/** Makes two certificates, and files for them and for others. They are deleted after the file's last test. */
export async function makeCertificates() {
  const folder = scratchFolder();
  const [made, other] = [await certificateOf(configOf({ tls: true })), await certificateOf(configOf({ tls: true }))];
  assert.ok(made && other);
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const [certFile, keyFile, otherKeyFile] = [
    file('cert.pem', made.cert),
    file('key.pem', made.key),
    file('other.pem', other.key),
  ];
  return { folder, file, made, other, certFile, keyFile, otherKeyFile };
}
