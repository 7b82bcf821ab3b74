import { parseTime } from '../clock/time.js';
import type { ProfileSource } from '../profiles/schema.js';
import type { Exchange, Header } from '../recordings/exchange.js';
import type { DialectAnswer, DialectWorld } from './dialects/dialect-world.js';
import { faro } from './emulator.js';
import { privateKey } from './merchant.js';

/** The address of a platform that was recorded. */
export const sandbox = 'https://sandbox.example';

/** An answer that a merchant got, as a recording has it. */
export function exchangeOf({ sent, lines, text, headers }: DialectAnswer): Exchange {
  return {
    at: parseTime(headers['response-time'] ?? '')?.at ?? 0,
    durationMs: 5,
    request: {
      method: 'POST',
      url: sandbox + sent.path,
      headers: Object.entries(sent.headers),
      body: Buffer.from(sent.body),
    },
    response: { status: 200, headers: lines.map(headerOfLine), body: Buffer.from(text) },
    notification: false,
  };
}

function headerOfLine(line: string): Header {
  const colon = line.indexOf(': ');
  return [line.slice(0, colon), line.slice(colon + 2)];
}

/** Calls every operation of a profile once, with all fields that it knows, and records the calls. */
export async function recordOperations(world: DialectWorld, { operations, scopes }: ProfileSource): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  for (const { verb, paths, request, scope } of Object.values(operations)) {
    const asked = [...world.dialect.reads.scopes, ...(scope === undefined ? [] : [scope])];
    const values: Record<string, unknown> = {
      appId: faro.appId,
      authClient: faro.clientId,
      grantType: 'AUTHORIZATION_CODE',
      userId: world.dialect.userId,
      scopes: verb === 'start' && 'AGREEMENT_PAY' in scopes ? ['AGREEMENT_PAY'] : asked,
      redirectUrl: 'http://localhost:3000/callback',
      notifyUrl: 'http://localhost:3000/notify',
      ...(verb === 'exchange' ? { authCode: await world.code(asked) } : { accessToken: (await world.tokens(asked)).accessToken }),
    };
    const fields = Object.entries(request).flatMap(([name, { as = name, required, enum: allowed }]) => {
      const value = values[as] ?? world.dialect.always[name] ?? (required === true ? (allowed?.[0] ?? 'x1') : undefined);
      return value === undefined ? [] : [[name, value] as const];
    });
    const prefixed = world.dialect.paths.applyToken[0]?.replace(/\/v\d\/.*/, '') ?? '';
    exchanges.push(exchangeOf(await world.call(prefixed + paths[0], Object.fromEntries(fields))));
  }
  return exchanges;
}

/**
 * Makes the calls of a whole integration to an emulator and records them: an exchange, a refresh, the user's data, a revocation, and
 * what a platform refuses.
 * @param scopes what the user agrees to
 */
export async function recordRun(world: DialectWorld, scopes: string[] = world.dialect.reads.scopes): Promise<Exchange[]> {
  const answers: DialectAnswer[] = [];
  const record = async (call: Promise<DialectAnswer>) => {
    const answer = await call;
    answers.push(answer);
    return answer.body;
  };
  const { applyToken, userInfo } = world.dialect.paths;
  const code = await world.code(scopes);
  const first = await record(world.exchange(code));
  await record(world.userInfo(first.accessToken));
  const second = await record(world.refresh(first.refreshToken));
  for (const path of userInfo) await record(world.userInfo(second.accessToken, path));
  await record(world.userInfo(first.accessToken));

  await record(world.exchange(code));
  await record(world.refresh(first.refreshToken));
  await record(world.exchange('1'.repeat(20)));
  await record(world.refresh('1'.repeat(20)));
  await record(world.userInfo('1'.repeat(20)));
  await record(world.exchange(code, { key: privateKey('demo-merchant.private.pem') }));
  await record(world.exchange(code, { clientId: '1'.repeat(20) }));
  await record(world.exchange(code, { more: { appId: '1'.repeat(16) } }));
  await record(world.exchange(code, { more: { authClientId: '1'.repeat(20), referenceClientId: '1'.repeat(20) } }));
  await record(world.exchange(code, { more: { grantType: 'PASSWORD' } }));
  await record(world.exchange(code, { body: '{' }));
  await record(world.call('/v9/unknown', {}));
  const withoutData = ['SEND_MESSAGE', 'AGREEMENT_PAY'].find((scope) => world.dialect.asked.includes(scope));
  if (withoutData !== undefined) await record(world.userInfo((await world.tokens([withoutData])).accessToken));

  await world.control('PATCH', `clients/${faro.clientId}`, { status: 'SUSPENDED' });
  await record(world.userInfo(second.accessToken));
  await world.control('PATCH', `clients/${faro.clientId}`, { status: 'ACTIVE' });
  for (const path of applyToken.slice(1)) await record(world.exchange(await world.code(scopes), { path }));

  const late = await world.code(scopes);
  await world.advance('P3650D');
  await record(world.exchange(late));
  await record(world.userInfo(second.accessToken));
  await record(world.refresh(second.refreshToken));
  const third = await record(world.exchange(await world.code(scopes)));
  if (world.dialect.paths.revoke.length > 0) {
    await record(world.revoke(third.accessToken));
    await record(world.userInfo(third.accessToken));
    await record(world.refresh(third.refreshToken));
  }
  return answers.map(exchangeOf);
}
