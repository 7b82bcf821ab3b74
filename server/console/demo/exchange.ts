import { shorten } from '../../engine/outcomes.js';
import type { AppEntry } from '../../records/entries.js';
import type { Tenant } from '../../tenants/tenant.js';
import { callAsDemoMerchant, demoAppId, demoClientId, demoMerchantSigns, type Exchange, NoResult, pathOf } from './merchant.js';

/** A call of the demo merchant, as the playground shows it. */
interface Step {
  title: string;
  request: unknown;
  response: unknown;
}

type Body = Exchange['response']['body'];

/** The mini program of the playground: the built-in one, or the first one if the fixtures do not have it. */
export function demoApp({ apps }: Tenant): AppEntry | undefined {
  return apps.get(demoAppId) ?? apps.all().next().value;
}

/** Does what a merchant's server does with an authCode: exchanges it and reads the user, in signed calls over HTTP. */
export class DemoExchange {
  /** The calls so far, without secrets. */
  readonly steps: Step[] = [];
  readonly #base: string;
  readonly #tenant: Tenant;

  /** @param base the emulator's address, with a possible `/t/<tenant>` */
  constructor(base: string, tenant: Tenant) {
    this.#base = base;
    this.#tenant = tenant;
  }

  /**
   * @returns the user's data, without the userId
   * @throws NotDemoKey, NoResult
   */
  async run(authCode: string): Promise<{ ok: boolean; customer: Record<string, unknown> | null }> {
    const { profile } = this.#tenant;
    const app = demoApp(this.#tenant);
    const appId = app?.appId;
    const clientId = app?.clientId ?? demoClientId;
    const exchangePath = pathOf(profile, 'exchange');
    const readPath = pathOf(profile, 'read-user');
    const client = this.#tenant.clients.get(clientId);
    const signs = client === undefined || (await demoMerchantSigns(client));
    if (exchangePath === undefined || readPath === undefined) return { ok: false, customer: null };

    const exchange = { grantType: 'AUTHORIZATION_CODE', appId, authCode, customerBelongsTo: 'BILLETERA' };
    const { result, accessToken } = await this.#call(exchangePath, clientId, exchange, signs);
    if (result.resultStatus !== 'S') return { ok: false, customer: null };
    return readCustomer(await this.#call(readPath, clientId, { appId, accessToken }, signs));
  }

  async #call(path: string, clientId: string, body: Record<string, unknown>, signs: boolean): Promise<Body> {
    const { profile, clock } = this.#tenant;
    try {
      const call = await callAsDemoMerchant(this.#base, profile, clientId, path, body, clock.now(), signs);
      this.#addStep(call);
      return call.response.body;
    } catch (error) {
      if (error instanceof NoResult) this.#addStep(error);
      throw error;
    }
  }

  #addStep({ request, response }: Pick<NoResult, 'request' | 'response'>): void {
    this.steps.push({
      title: `POST ${request.path}`,
      request: withoutSecrets(request.body),
      response: withoutSecrets(response.body),
    });
  }
}

function readCustomer({ result, userInfo, ...flat }: Body): { ok: boolean; customer: Record<string, unknown> } {
  const { userId: _, ...customer } = (userInfo ?? flat) as Record<string, unknown>;
  return { ok: result.resultStatus === 'S', customer };
}

/** Tokens and userIds must not reach a browser, so the page only learns that they are there. */
function withoutSecrets(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (key, value) => {
    if (key === 'userId' || key === 'customerId') return '(stays on the server)';
    return typeof value === 'string' && /^(access|refresh)Token$/.test(key) ? shorten(value) : value;
  });
}
