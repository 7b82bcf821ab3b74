import type { OpenApiDocument, OperationObject } from './openapi-types.js';

/** The media types that a PATCH takes. Both mean a merge patch (RFC 7396). */
export const patchMediaTypes = ['application/json', 'application/merge-patch+json'];

const tenantParameter = {
  name: 'X-Emulator-Tenant',
  in: 'header',
  required: false,
  description: 'The tenant of the call, before the one in the address. Default: the tenant `default`.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_.-]{1,64}$' },
};

const locationHeader = {
  description: 'The address of what was created. For codes and tokens, the address of their authorization.',
  required: true,
  schema: { type: 'string', format: 'uri' },
};

/** Adds to a document what all operations share: the header that names the tenant, and `Location` in each 201. */
export function addConventions(document: OpenApiDocument): void {
  document.components.parameters = { Tenant: tenantParameter };
  document.components.headers = { Location: locationHeader };
  for (const item of Object.values(document.paths)) for (const operation of Object.values(item)) completeOperation(operation);
}

function completeOperation(operation: OperationObject): void {
  operation.parameters = [...(operation.parameters ?? []), { $ref: '#/components/parameters/Tenant' }];
  const created = operation.responses['201'];
  if (created !== undefined) created.headers = { Location: { $ref: '#/components/headers/Location' } };
}
