import type { KeyObject } from 'node:crypto';
import { type Assembly, assemble } from '../emulator/assemble.js';
import { readConfig } from '../emulator/config.js';
import { readPlatformKey } from '../emulator/emulator.js';
import type { Profile } from '../profiles/profile.js';
import type { ProfileSource } from '../profiles/schema.js';
import type { Exchange } from '../recordings/exchange.js';
import type { Tenant } from '../tenants/tenant.js';
import { aurora, auroraKey, users } from './emulator.js';
import { type RecordedCall, ReferenceClient, type ReferencePlatform } from './reference-client.js';

/** The time at which each run begins. */
const start = Date.parse('2026-03-01T12:00:00Z');

/** An emulator in this process, without a port. It plays any number of platforms, one tenant each. */
export class ReferencePlatforms {
  #runs = 0;

  private constructor(
    readonly assembly: Assembly,
    readonly privateKey: KeyObject,
  ) {}

  static async open(): Promise<ReferencePlatforms> {
    const config = readConfig({ port: 0 }, {});
    const privateKey = await readPlatformKey(config);
    return new ReferencePlatforms(await assemble(config, { privateKey }, () => 'http://127.0.0.1:4010'), privateKey);
  }

  /** A profile of a wallet, with all that it extends merged in. */
  source(wallet: string): ProfileSource {
    return this.assembly.profiles.get(wallet).source;
  }

  /** @throws Error in one line if the profile is not valid */
  openProfile(source: ProfileSource): Profile {
    return this.assembly.profiles.openContent(`${source.name}.json`, source);
  }

  /**
   * Runs a client against an emulator.
   * @param client the profile that the client is written for
   * @param platform the profile that the emulator has
   */
  async run(client: Profile, platform: Profile): Promise<readonly RecordedCall[]> {
    const tenant = this.#openTenant(platform);
    const identity = { ...aurora, key: auroraKey };
    const { tomas, lucia, marisol } = users;
    return new ReferenceClient(client, this.#platform(tenant), identity, [tomas, lucia, marisol]).run();
  }

  close(): Promise<void> {
    return this.assembly.app.close();
  }

  #openTenant(platform: Profile): Tenant {
    const tenant = this.assembly.tenants.get(`run-${String(++this.#runs).padStart(5, '0')}`);
    tenant.changeSettings({ wallet: platform.name });
    tenant.clock.freeze();
    tenant.clock.set(start);
    return tenant;
  }

  #platform(tenant: Tenant): ReferencePlatform {
    return {
      now: () => tenant.clock.now(),
      advance: (milliseconds) => tenant.clock.advance(milliseconds),
      consent: (userId, scopes) => consent(tenant, userId, scopes),
      send: (request) => this.#send(tenant.name, request),
    };
  }

  async #send(tenant: string, { method, url, headers, body }: Exchange['request']): Promise<NonNullable<Exchange['response']>> {
    const answer = await this.assembly.app.inject({
      method: method as 'POST',
      url: new URL(url).pathname,
      headers: { ...Object.fromEntries(headers), 'X-Emulator-Tenant': tenant },
      payload: body,
    });
    const received = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
    return { status: answer.statusCode, headers: received, body: answer.rawPayload };
  }
}

async function consent(tenant: Tenant, userId: string, scopes: readonly string[]): Promise<string> {
  const [client, user, app] = [tenant.clients.get(aurora.clientId), tenant.users.get(userId), tenant.apps.get(aurora.appId)];
  if (client === undefined || user === undefined || app === undefined) throw new Error(`no user ${userId}`);
  return (await tenant.authorizations.issue({ client, user, app, scopes: [...scopes] }, [...scopes])).authCode;
}
