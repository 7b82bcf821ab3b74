import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../package-root.js';
import { builtInFixtures } from '../../records/fixtures.js';
import { emulatorForFile } from '../emulator.js';
import type { Dialect } from './dialect.js';
import { type DialectAnswer, DialectWorld } from './dialect-world.js';
import { dialects } from './dialects.js';

const folder = join(packageRoot, 'server', 'testing', 'dialects', 'golden');
const update = process.env.BILLETERA_UPDATE_GOLDEN === '1';
const emulator = await emulatorForFile();
const shown = /^(content-type|client-id|response-time|signature):/;

for (const dialect of dialects) {
  test(`${dialect.wallet}: a whole exchange matches its golden file`, async () => {
    const text = await exchange(dialect);
    const file = join(folder, `${dialect.wallet}.http`);
    if (update) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
    }
    assert.equal(
      text,
      readFileSync(file, 'utf8'),
      `${file} differs; if the change is right, run the test with BILLETERA_UPDATE_GOLDEN=1`,
    );
  });
}

test('each wallet of fixtures/wallets has a dialect in dialects.ts and a golden file', () => {
  const wallets = readdirSync(join(builtInFixtures, 'wallets')).map((file) => file.replace('.json', ''));
  assert.deepEqual(dialects.map(({ wallet }) => wallet).sort(), wallets.sort(), 'describe the wallet in dialects.ts');
  const golden = readdirSync(folder).map((file) => file.replace('.http', ''));
  assert.deepEqual(golden.sort(), wallets, 'BILLETERA_UPDATE_GOLDEN=1 writes the golden files; delete those of removed wallets');
});

async function exchange(dialect: Dialect): Promise<string> {
  const world = await DialectWorld.open(emulator, dialect);
  const authCode = await world.code(dialect.reads.scopes);
  const exchanged = await world.exchange(authCode, { requestId: 'a6a2b5d0-0001' });
  const { accessToken, refreshToken } = exchanged.body;
  const steps: [string, DialectAnswer][] = [
    [`Exchange of a code with the scopes ${dialect.reads.scopes.join(', ')}`, exchanged],
    ['User information', await world.userInfo(accessToken)],
    ['Second use of the refresh token', await world.refresh(refreshToken).then(() => world.refresh(refreshToken))],
    ...(dialect.paths.revoke.length > 0
      ? [['Revocation of both tokens', await world.revoke(accessToken)] as [string, DialectAnswer]]
      : []),
  ];
  const names = new Map([
    [authCode, '<authCode>'],
    [accessToken, '<accessToken>'],
    [refreshToken, '<refreshToken>'],
    [emulator.url, '<emulator>'],
  ]);
  const head = `# ${dialect.wallet}: a whole exchange. Values that differ each time are in <>. On the wire, bodies have one line.\n`;
  const claims = dialect.tokens === 'jwt' ? [`# <accessToken> is a JWT: ${jwtText(accessToken)}\n`] : [];
  return [head, ...claims, ...steps.map(([title, answer]) => step(title, answer, names))].join('\n');
}

function step(title: string, { sent, lines, text }: DialectAnswer, names: ReadonlyMap<string, string>): string {
  const requestId = sent.headers['Request-Id'];
  const known = new Map(names);
  if (requestId !== undefined) known.set(requestId, '<requestId>');
  const hide = (value: string) => {
    let hidden = value.replace(/signature=(\S+)$/gm, (_, encoding) => `signature=<signature in ${encodingName(encoding)}>`);
    for (const [secret, name] of known)
      hidden = hidden.replaceAll(secret, name).replaceAll(shortened(secret), `${name}, shortened`);
    return hidden;
  };
  const head = sent.content.slice(0, sent.content.length - sent.body.length);
  return hide(
    [
      `### ${title}`,
      `# signed: ${JSON.stringify(head)}, then the body`,
      `POST ${sent.path} HTTP/1.1`,
      ...Object.entries(sent.headers).map(([name, value]) => `${name}: ${value}`),
      '',
      pretty(sent.body),
      '',
      'HTTP/1.1 200 OK',
      ...lines.filter((line) => shown.test(line)),
      '',
      pretty(text),
      '',
    ].join('\n'),
  );
}

function encodingName(value: string): string {
  if (value.includes('%')) return 'percent-encoded Base64';
  return value.endsWith('=') ? 'plain Base64' : 'base64url without padding';
}

function pretty(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}

/** A code or token as messages show it. */
function shortened(secret: string): string {
  return `${secret.slice(0, 6)}…${secret.slice(-4)}`;
}

function jwtText(token: string): string {
  const [header, payload] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
  return `${header} ${payload?.replace(/"jti":"[^"]+"/, '"jti":"<random>"').replace(emulator.url, '<emulator>')}`;
}
