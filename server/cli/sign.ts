import { createPublicKey, type KeyObject } from 'node:crypto';
import { asCurl } from '../console/call-copies.js';
import { merchantHeaders } from '../console/demo/merchant.js';
import type { Config } from '../emulator/config.js';
import { FileError, readTextFile } from '../files/read-file.js';
import { readAddress } from '../http/address.js';
import { compileProfile } from '../profiles/compile.js';
import type { ProfileSource } from '../profiles/schema.js';
import { clientEntry } from '../records/entries.js';
import { readRequests } from '../requests/read-requests.js';
import type { WrittenRequest } from '../requests/written-request.js';
import type { Wallet } from '../sdk/client/wallet.js';
import { readPrivateKey } from '../signing/keys.js';
import { chooseApp } from './env.js';
import { findPrivateKey } from './find-private-key.js';
import { printJson } from './print-json.js';
import { nameOfInput, readInput } from './read-input.js';
import type { RunningAddress } from './running-address.js';
import { withWallet } from './with-wallet.js';

/** The maximum number of clients that a message names. */
const maxNamed = 5;

/** The request to sign, and the form in which it is printed. */
export interface SignFlags {
  /** The path of a request from these flags. Absent: the request comes from a file or standard input. */
  path?: string;
  method?: string;
  body?: string;
  clientId?: string;
  /** A file with the client's private key. Absent: the demo key. */
  key?: string;
  /** Prints the headers alone. */
  headers?: boolean;
  json?: boolean;
}

/**
 * Signs a request with the current time of the wallet, and prints it as a curl command.
 * @param address the emulator whose wallet and clients count; absent: one is started
 * @param base the address of the curl command, if the request has only a path
 * @throws Error in one line if the request or the key does not fit
 */
export async function sign(
  file: string | undefined,
  { headers: headersOnly, json, ...flags }: SignFlags,
  { address, base, config }: { address: RunningAddress | undefined; base: string; config: Config },
): Promise<void> {
  const request = await readRequest(file, flags);
  const key = flags.key === undefined ? undefined : readKey(flags.key);
  const signed = await withWallet(address, config, (wallet) => signRequest(wallet, request, { ...flags, key, config }));
  const target = request.target as string;
  const call = { method: request.method, url: target.startsWith('/') ? base.replace(/\/$/, '') + target : target, ...signed };
  if (json) return printJson(call);
  if (!headersOnly) process.stdout.write(`${asCurl({ ...call, notes: [] })}\n`);
  else for (const [name, value] of Object.entries(call.headers)) process.stdout.write(`${name}: ${value}\n`);
}

async function readRequest(file: string | undefined, { path, method, body }: SignFlags): Promise<WrittenRequest> {
  if (path !== undefined) {
    if (file !== undefined) throw new Error('expected a file or --path, not both');
    if (!path.startsWith('/')) throw new Error(`--path ${path}: expected a path, such as /v2/users/inquiryUserInfo`);
    return { method: method ?? 'POST', target: path, headers: {}, body: body ?? '' };
  }
  if (method !== undefined || body !== undefined) throw new Error('--method and --body need --path');
  const [request, ...others] = await readInput(file, readRequests);
  const at = nameOfInput(file);
  if (request?.target === undefined) throw new Error(`${at}: the request has no path: begin with a line such as POST /v2/…`);
  if (others.length > 0) throw new Error(`${at}: expected one request, found ${others.length + 1}`);
  return request;
}

function readKey(file: string): KeyObject {
  try {
    return readPrivateKey(readTextFile(file));
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(file, (error as Error).message, error);
  }
}

/** The headers that the signature is about are new. The others stay. */
async function signRequest(
  wallet: Wallet,
  request: WrittenRequest,
  { clientId: givenId, key: givenKey, config }: { clientId?: string; key: KeyObject | undefined; config: Config },
) {
  const { method, target = '', body } = request;
  const given = Object.entries(request.headers);
  const named = givenId ?? given.find(([name]) => name.toLowerCase() === 'client-id')?.[1];
  const client = await findClient(wallet, named);
  const { clientId } = client;
  const key = givenKey === undefined ? await keyOf(client, config) : checkedKey(client, givenKey);
  const profile = compileProfile((await wallet.profile()) as unknown as ProfileSource, () => wallet.url);
  const now = Date.parse((await wallet.clock.read()).now);
  const { path } = readAddress(target);
  const signed = await merchantHeaders(profile, { method, clientId, path, body, now, signs: true, key });
  const replaced = new Set([...Object.keys(signed).map((name) => name.toLowerCase()), 'content-length', 'host']);
  return { headers: { ...signed, ...Object.fromEntries(given.filter(([name]) => !replaced.has(name.toLowerCase()))) }, body };
}

/** The client with an id, else the one that `env` and `flow` use. @throws Error that names the known ones */
async function findClient(wallet: Wallet, clientId: string | undefined): Promise<ReturnType<typeof clientEntry>> {
  const [clients, apps] = await Promise.all([wallet.clients.list(), wallet.apps.list()]);
  const wanted = clientId ?? chooseApp(apps)?.clientId ?? clients[0]?.clientId;
  const client = clients.find((each) => each.clientId === wanted);
  if (client !== undefined) return clientEntry(client);
  const known = clients.slice(0, maxNamed).map((each) => each.clientId);
  if (clients.length > maxNamed) known.push('…');
  throw new Error(
    wanted === undefined
      ? 'no client: add one to clients.json'
      : `there is no client "${wanted}"; known: ${known.join(', ') || 'none'}; name one with --client-id, or add it to clients.json`,
  );
}

async function keyOf({ clientId, publicKey }: ReturnType<typeof clientEntry>, { fixtures }: Config): Promise<KeyObject> {
  const file = await findPrivateKey(publicKey, fixtures);
  if (file !== undefined) return readKey(file);
  const reason =
    publicKey === undefined
      ? `the client ${clientId} has no publicKey, so no key is known to be its own`
      : `no private key of the client ${clientId} is known: it is neither the demo key nor in the folder keys of the fixtures`;
  throw new Error(`${reason}; name its private key with --key <file>`);
}

/** A signature by a key that is not the client's would look like a mistake of the merchant. */
function checkedKey({ clientId, publicKey }: ReturnType<typeof clientEntry>, key: KeyObject): KeyObject {
  if (publicKey !== undefined && !createPublicKey(key).equals(publicKey))
    throw new Error(`--key: expected the private key of the client ${clientId}, but its publicKey belongs to another key`);
  return key;
}
