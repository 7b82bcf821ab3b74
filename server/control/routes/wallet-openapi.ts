import Type from 'typebox';
import type { Tenant } from '../../tenants/tenant.js';
import { DocumentLanguage } from '../document-language.js';
import type { ControlPlugin } from '../options.js';
import { responses } from '../response-schemas.js';
import { walletOpenApi } from '../wallet-openapi/document.js';
import type { ExampleParties } from '../wallet-openapi/examples.js';

const Document = Type.Object(
  {
    openapi: Type.String(),
    info: Type.Unknown(),
    servers: Type.Unknown(),
    security: Type.Unknown(),
    tags: Type.Unknown(),
    paths: Type.Unknown(),
    components: Type.Unknown(),
  },
  { description: 'An OpenAPI 3.1 document' },
);

export const walletOpenApiRoute: ControlPlugin = async (app, { version }) => {
  const schema = {
    operationId: 'readWalletOpenApi',
    tags: ['emulator'],
    summary: "The OpenAPI document of the merchants' API of the tenant's wallet",
    description: 'For Postman, Bruno and code generators: paths, fields with their limits, headers, result codes and examples.',
    querystring: DocumentLanguage,
    response: responses(200, Document),
  };
  app.get<{ Querystring: DocumentLanguage }>('/_emulator/wallet-openapi.json', { schema }, async ({ tenant, base, query }) =>
    walletOpenApi(tenant.profile, exampleParties(tenant, base), version, query.lang ?? 'en'),
  );
};

/** The examples are about the first mini program, its client, and the user who is logged in. */
function exampleParties(tenant: Tenant, baseUrl: string): ExampleParties {
  const [app] = tenant.apps.all();
  const [firstClient] = tenant.clients.all();
  const client = (app && tenant.clients.get(app.clientId)) ?? firstClient;
  const { clientId } = client ?? { clientId: 'a-client' };
  const user = tenant.currentUser?.record ?? { userId: 'a-user', name: 'A user' };
  const record = client?.record ?? { clientId, name: 'A client' };
  return { client: record, appId: app?.appId ?? 'an-app', user, now: tenant.clock.now(), baseUrl };
}
