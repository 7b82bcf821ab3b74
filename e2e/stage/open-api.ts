import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { clientId, type Wallet } from './wallet.ts';

const key = createPrivateKey(readFileSync(new URL('../merchant/keys/merchant.private.pem', import.meta.url)));

/** The platform's response. Fields that an operation does not have are absent. */
export interface PlatformAnswer {
  result: { resultStatus: string; resultCode: string; resultMessage: string };
  authUrl: string;
  accessToken: string;
  customerId: string;
}

/** A signed call of the merchant's server with only these fields. The path names the tenant, because no code or token does. */
export async function callOpenApi(wallet: Wallet, path: string, fields: object): Promise<PlatformAnswer> {
  const body = JSON.stringify(fields);
  const time = new Date().toISOString();
  const signature = sign('sha256', Buffer.from(`POST ${path}\n${clientId}.${time}.${body}`), key).toString('base64');
  const response = await fetch(wallet.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'client-id': clientId,
      'request-time': time,
      signature: `algorithm=RSA256, keyVersion=1, signature=${encodeURIComponent(signature)}`,
    },
    body,
  });
  return (await response.json()) as PlatformAnswer;
}
