import { execFile } from 'node:child_process';
import { constants, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { get as getSecurely } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { generate } from 'selfsigned';
import { type Running, start } from '../stage/process.ts';

/**
 * A team has a sandbox that differs from the wallet's profile in ten ways. It records a run of its merchant's server, compares it with
 * the profile, and learns a profile of its own.
 */

const billetera = fileURLToPath(new URL('../../dist/bin/main.js', import.meta.url));
const clientId = '2170020193719000000000';
const merchantKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

interface Answer {
  result: { resultCode: string; resultStatus: string };
  accessToken: string;
  refreshToken: string;
}

/** A merchant's server, written for the platform. */
class Merchant {
  constructor(readonly url: string) {}

  async call(path: string, fields: object): Promise<Answer> {
    const body = JSON.stringify(fields);
    const time = `${new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 19)}+08:00`;
    const content = `POST ${path}\n${clientId}.${time}.${body}`;
    const bytes = sign('sha256', Buffer.from(content), { key: merchantKeys.privateKey, padding: constants.RSA_PKCS1_PADDING });
    const headers = {
      'Content-Type': 'application/json; charset=UTF-8',
      'Client-Id': clientId,
      'Request-Time': time,
      Signature: `algorithm=RSA256, keyVersion=1, signature=${encodeURIComponent(bytes.toString('base64'))}`,
    };
    return new Promise((resolve, reject) => {
      const sent = request(this.url + path, { method: 'POST', headers }, (answer) => {
        text(answer).then((json) => resolve(JSON.parse(json) as Answer), reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  exchange(authorizationCode: string): Promise<Answer> {
    return this.call(applyToken, { referenceClientId: clientId, grantType: 'AUTHORIZATION_CODE', authorizationCode });
  }

  refresh(refreshToken: string): Promise<Answer> {
    return this.call(applyToken, { referenceClientId: clientId, grantType: 'REFRESH_TOKEN', refreshToken });
  }

  userInfo(accessToken: string): Promise<Answer> {
    return this.call('/v1/customers/user/inquiryUserInfoByAccessToken', { accessToken });
  }

  revoke(accessToken: string): Promise<Answer> {
    return this.call('/v1/authorizations/cancelToken', { accessToken });
  }
}

const applyToken = '/v3/authorizations/applyToken';
/** The scopes that the users of the platform's super app agree to. */
const consents = ['USER_ID', 'USER_ID,USER_NICKNAME', 'USER_ID,USER_NICKNAME,USER_NAME,USER_CONTACTINFO'];

async function runThrough(merchant: Merchant, consent: (scopes: string) => Promise<string>): Promise<void> {
  let last: Answer | undefined;
  for (const scopes of consents) {
    const code = await consent(scopes);
    last = await merchant.exchange(code);
    expect(last.result.resultCode).toBe('SUCCESS');
    expect((await merchant.userInfo(last.accessToken)).result.resultCode).toBe('SUCCESS');
    expect((await merchant.exchange(code)).result.resultCode).toBe('CODE_ALREADY_USED');
  }
  const { accessToken } = await merchant.refresh((last as Answer).refreshToken);
  expect((await merchant.revoke(accessToken)).result.resultCode).toBe('SUCCESS');
  expect((await merchant.userInfo(accessToken)).result).toMatchObject({ resultCode: 'INVALID_ACCESS_TOKEN', resultStatus: 'U' });
}

/** Keys and a certificate of the platform, and the key of the merchant. */
async function writeKeys(folder: string): Promise<void> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const files: Record<string, string | Buffer> = {
    'tls.key': key,
    'tls.pem': cert,
    'platform.private.pem': privateKey.export({ type: 'pkcs8', format: 'pem' }),
    'platform.public.pem': publicKey.export({ type: 'spki', format: 'pem' }),
    'merchant.public.pem': createPublicKey(merchantKeys.privateKey).export({ type: 'spki', format: 'pem' }),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

interface Difference {
  code: string;
  operation?: string;
  place?: string;
  sentence: string;
}

interface Compared {
  differences: Difference[];
  written?: { path: string; closed: number; unlearned: (Difference & { reason: string })[] };
}

/** Runs `billetera compare`. */
function compare(folder: string, ...args: string[]): Promise<{ errors: string; compared: Compared }> {
  const keys = ['--platform-public-key', 'platform.public.pem', '--client-public-key', 'merchant.public.pem'];
  return new Promise((resolve) => {
    execFile(process.execPath, [billetera, 'compare', ...args, ...keys, '--json'], { cwd: folder }, (_, out, errors) =>
      resolve({ errors, compared: out === '' ? { differences: [] } : JSON.parse(out) }),
    );
  });
}

const named = ({ code, operation = '', place = '' }: Difference) =>
  [code, operation, place].filter((word) => word !== '').join(' ');

/** The ten differences of the platform, by their numbers there. The last one is in no profile. */
const deliberate = [
  /^path-unknown applyToken \/v3\/authorizations\/applyToken$/,
  /^request-field-refused applyToken request\.authCode$/,
  /^result-code-unknown applyToken /,
  /^lifetime applyToken accessToken$/,
  /^response-field-extra applyToken response\.openUserId$/,
  /^result-status inquiryUserInfo /,
  /^response-field-form inquiryUserInfo response\.userInfo\.contactInfos\[\]\.contactNo$/,
  /^response-field-form applyToken response\.accessTokenExpiryTime$/,
  /^signature-algorithm response$/,
  /^header-extra wallet-node$/,
];

test('a team records its sandbox, finds the ten differences, and learns a profile without them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'billetera-platform-'));
  const running: Running[] = [];
  try {
    await writeKeys(folder);
    const platform = await start('e2e/platform/server.mjs', [folder]);
    running.push(platform);
    const ca = readFileSync(join(folder, 'tls.pem'));
    const consent = (scopes: string) =>
      new Promise<string>((resolve, reject) => {
        getSecurely(`${platform.url}/super-app/consent?scopes=${scopes}`, { ca }, (answer) =>
          text(answer).then(resolve, reject),
        ).on('error', reject);
      });
    const keys = ['--platform-public-key', join(folder, 'platform.public.pem'), '--ca', join(folder, 'tls.pem')];
    const har = join(folder, 'run.har');
    const recorder = await start('dist/bin/main.js', [
      ...['record', '--to', platform.url, '--wallet', 'gcash', '--out', har, '--port', '0'],
      ...keys,
    ]);
    running.push(recorder);
    await runThrough(new Merchant(recorder.url), consent);
    await recorder.stop();
    expect(readFileSync(har, 'utf8'), 'nothing personal is in the file').not.toMatch(/Beatriz|2177220001112223|28101003/);

    const learned = await compare(folder, 'run.har', '--wallet', 'gcash', '--write', 'wallets/ours.json');
    expect(learned.errors).toBe('');
    const found = learned.compared.differences.map(named);
    for (const difference of deliberate) expect(found).toContainEqual(expect.stringMatching(difference));
    const unlearned = learned.compared.written?.unlearned ?? [];
    expect(unlearned.map(named)).toEqual(['header-extra wallet-node']);
    expect(unlearned[0]?.reason).toMatch(/^a profile does not have the headers/);

    const again = await compare(folder, 'run.har', '--wallet', 'wallets/ours.json');
    expect(again.errors).toBe('');
    expect(again.compared.differences.map(named), 'only what was said to stay').toEqual(['header-extra wallet-node']);
  } finally {
    for (const { stop } of running) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
