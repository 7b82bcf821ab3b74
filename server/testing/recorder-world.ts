import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { rootCertificates } from 'node:tls';
import { readConfig } from '../emulator/config.js';
import { type Emulator, openEmulator } from '../emulator/emulator.js';
import { Recorder } from '../recorder/recorder.js';
import { readPublicKey } from '../signing/keys.js';
import { aurora, auroraKey, scratchFolder } from './emulator.js';
import { Merchant } from './merchant.js';
import { sendRaw } from './raw-http.js';
import type { RealPlatform } from './real-platform.js';

/** The call that a recording has: an exchange of a code. */
export const recordedCall = {
  path: '/v2/authorizations/applyToken',
  code: '2810100000XyZqW1',
  body: '{ "authCode" : "2810100000XyZqW1","grantType":"AUTHORIZATION_CODE" }',
};
const { path, body } = recordedCall;

/** An emulator that records calls to a platform. It is closed after the file's last test. */
export class RecorderWorld {
  private constructor(
    readonly emulator: Emulator,
    readonly recorder: Recorder,
    readonly file: string,
  ) {}

  static async open(
    platform: RealPlatform,
    changes: Partial<ConstructorParameters<typeof Recorder>[0]> = {},
  ): Promise<RecorderWorld> {
    const out = join(scratchFolder(), 'run.har');
    const recorder = new Recorder({
      to: platform.url,
      out,
      publicKey: readPublicKey(readFileSync(platform.publicKeyFile, 'utf8')),
      ca: [...rootCertificates, readFileSync(platform.caFile, 'utf8')],
      showSecrets: false,
      version: '1.2.3',
      ...changes,
    });
    const emulator = await openEmulator(readConfig({ port: 0 }, {}), undefined, undefined, recorder);
    after(() => emulator.close());
    return new RecorderWorld(emulator, recorder, out);
  }

  /** Sends a call with these headers, one a line, and returns the answer as bytes. */
  send(
    lines: readonly string[],
    { method = 'POST', target = path, content = body }: { method?: string; target?: string; content?: string } = {},
  ) {
    const head = [
      `${method} ${target} HTTP/1.1`,
      ...lines,
      `Content-Length: ${Buffer.byteLength(content)}`,
      'Connection: close, X-Hop',
    ];
    const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(content)]);
    return sendRaw(this.emulator.url, bytes);
  }

  /** Sends a signed call of Aurora. @param sign makes the signature's value from the right one */
  call(answer = '', sign = (right: string) => right) {
    const time = new Date().toISOString();
    const merchant = new Merchant(this.emulator.url, aurora.clientId, auroraKey);
    const signature = sign(merchant.signature(path, Buffer.from(body), { time }));
    return this.send([
      ...['Host: x', 'Content-Type: application/json', `Client-Id: ${aurora.clientId}`, `Request-Time: ${time}`],
      ...[`Signature: algorithm=RSA256, keyVersion=1, signature=${signature}`, ...(answer === '' ? [] : [`X-Answer: ${answer}`])],
    ]);
  }

  /** The newest entry of the journal, as the control API shows it. */
  // biome-ignore lint/suspicious/noExplicitAny: the journal's
  async entry(): Promise<Record<string, any>> {
    const { payload } = await this.emulator.app.inject('/_emulator/journal?tenant=*&limit=1');
    return JSON.parse(payload).entries[0];
  }
}
