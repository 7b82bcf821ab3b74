import { type Call, type CallerOptions, callerOf } from './call.js';
import type { Entry, Finding, SignatureExplanation } from './journal.js';
import type { Records, Wallet } from './wallet.js';

/**
 * Connects to an emulator that is already running. This makes no call: if there is no emulator at the address, the first call fails.
 * @param url its address, optionally with `/t/<tenant>`
 * @param options `token` is the control token, if the emulator was started with one
 * @throws Error if the address is not an http or https URL
 */
export function connect(url: string, options: ConnectOptions = {}): Wallet {
  return walletAt(url, options);
}

export interface ConnectOptions {
  /** The control token that the emulator was started with (`--control-token`). */
  token?: string | undefined;
}

/** @param started what is only known in the process that started the emulator */
export function walletAt(
  url: string,
  options: CallerOptions = {},
  started: { tlsUrl?: string | undefined; close?(): Promise<void> } = {},
): Wallet {
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''))
    throw new Error(`expected the address of an emulator, such as http://127.0.0.1:4010, got ${url}`);
  const { origin, pathname } = new URL(url);
  const base = origin + pathname.replace(/\/{1,16}$/, '');
  if (base.endsWith('/t')) throw new Error(`expected the name of a tenant after /t/, such as ${base}/my-test, got ${url}`);
  const call = callerOf(base, options);
  return {
    url: base,
    ...(started.tlsUrl !== undefined && { tlsUrl: started.tlsUrl }),
    authCodes: { issue: (body) => call('POST', '/auth-codes', body) },
    authorizations: {
      list: async (filter) => (await call<{ authorizations: never }>('GET', `/authorizations${query(filter)}`)).authorizations,
      read: (id) => call('GET', `/authorizations/${encodeURIComponent(id)}`),
    },
    tokens: tokensOf(call),
    clock: clockOf(call),
    scenarios: scenariosOf(call),
    journal: journalOf(call),
    settings: { read: () => call('GET', '/settings'), change: (changes) => call('PUT', '/settings', changes) },
    clients: records(call, 'clients'),
    apps: records(call, 'apps'),
    users: records(call, 'users'),
    consents: records(call, 'consents'),
    keys: { platform: () => call('GET', '/keys/platform.pem') },
    findings: async () => (await call<{ findings: Finding[] }>('GET', '/findings')).findings,
    snapshot: { take: () => call('GET', '/snapshot'), restore: (snapshot) => call('PUT', '/snapshot', snapshot) },
    report: () => call('GET', '/report'),
    profile: () => call('GET', '/profile'),
    openApi: () => call('GET', '/wallet-openapi.json'),
    explainSignature: (signed) => call<SignatureExplanation>('POST', '/signatures/explain', signed),
    reset: () => call('POST', '/reset'),
    tenant: (name) => walletAt(tenantUrl(base, name), options),
    close: async () => started.close?.(),
  };
}

function tokensOf(call: Call): Wallet['tokens'] {
  return {
    list: async (filter) => (await call<{ tokens: never }>('GET', `/tokens${query(filter)}`)).tokens,
    issue: (body) => call('POST', '/tokens', body),
    inspect: (token) => call('POST', '/tokens/inspect', { token }),
    expire: (body) => call('POST', '/tokens/expire', body),
    revoke: (body) => call('POST', '/tokens/revoke', body),
  };
}

function scenariosOf(call: Call): Wallet['scenarios'] {
  return {
    add: (body) => call('POST', '/scenarios', body),
    list: async () => (await call<{ scenarios: never }>('GET', '/scenarios')).scenarios,
    read: (id) => call('GET', `/scenarios/${encodeURIComponent(id)}`),
    change: (id, changes) => call('PATCH', `/scenarios/${encodeURIComponent(id)}`, changes),
    remove: (id) => call('DELETE', `/scenarios/${encodeURIComponent(id)}`),
    clear: () => call('DELETE', '/scenarios'),
    library: async () => (await call<{ scenarios: never }>('GET', '/scenarios/library')).scenarios,
  };
}

function journalOf(call: Call): Wallet['journal'] {
  return {
    list: (filter) => entries(call('GET', `/journal${query(filter)}`)),
    running: async () => (await call<{ running: never }>('GET', '/journal/running')).running,
    har: (filter) => call('GET', `/journal.har${query(filter)}`),
    get: (id) => call('GET', `/journal/${encodeURIComponent(id)}`),
    clear: () => call('DELETE', '/journal'),
    wait: ({ match, count, timeout, ...filter }) =>
      entries(call('POST', '/journal/wait', { match: { ...filter, ...match }, count, timeout })),
  };
}

function clockOf(call: Call): Wallet['clock'] {
  return {
    read: () => call('GET', '/clock'),
    set: (now) => call('PUT', '/clock', { now }),
    freeze: (now) => call('PUT', '/clock', { frozen: true, now }),
    run: () => call('PUT', '/clock', { frozen: false }),
    advance: (by) => call('POST', '/clock/advance', { by }),
  };
}

function records<Stored, New extends object, Changes extends object>(call: Call, plural: string): Records<Stored, New, Changes> {
  const one = (id: string) => `/${plural}/${encodeURIComponent(id)}`;
  return {
    list: async () => (await call<Record<string, Stored[]>>('GET', `/${plural}`))[plural] ?? [],
    read: (id) => call('GET', one(id)),
    add: (record) => call('POST', `/${plural}`, record),
    change: (id, changes) => call('PATCH', one(id), changes),
    remove: (id) => call('DELETE', one(id)),
  };
}

async function entries(answer: Promise<{ entries: Entry[] }>): Promise<Entry[]> {
  return (await answer).entries;
}

function query(filter: object = {}): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) fields.append(name, String(value));
  return fields.size === 0 ? '' : `?${fields}`;
}

function tenantUrl(base: string, name: unknown): string {
  if (typeof name !== 'string' || !/^[A-Za-z0-9_.-]{1,64}$/.test(name) || /^\.\.?$/.test(name))
    throw new Error(`tenant: expected a name of up to 64 letters, digits, dots, hyphens and underscores, got ${name}`);
  const root = base.replace(/\/t\/[^/]+$/, '');
  return name === 'default' ? root : `${root}/t/${name}`;
}
