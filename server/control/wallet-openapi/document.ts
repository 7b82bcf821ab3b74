import type { OperationSource } from '../../profiles/operation-schema.js';
import type { Operation, Profile } from '../../profiles/profile.js';
import { User } from '../../records/schema.js';
import { textIn } from '../../schemas/localized-text.js';
import { type Translate, translateDocument, translatorInto } from '../translate-document.js';
import { type ExampleParties, requestExamples, responseExample } from './examples.js';
import type { JsonSchema } from './json-schema.js';
import { requestSchema } from './request-schema.js';
import { mergeSchemas, treeSchema, type VariableSchemas } from './response-schema.js';
import { type ResultCode, resultCodesOfOperation, resultCodeTable } from './result-codes.js';

const text: JsonSchema = { type: 'string' };
const instant: JsonSchema = { type: 'integer', description: 'milliseconds since the epoch' };

/** The tags: what the operations of a verb do. */
const verbDescriptions: Record<Operation['verb'], string> = {
  exchange: 'Exchange an authCode or a refresh token for tokens',
  'read-user': 'Read the data of a user that the access token gives',
  'read-declared': 'Read other data that the access token gives',
  answer: 'Operations that the emulator answers without an authorization',
  revoke: 'Revoke tokens',
  start: 'Prepare an authorization that the user opens by its address',
  'issue-code': 'Get an authCode without a screen',
};

const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

/**
 * The OpenAPI 3.1 document of the API that merchants' servers call, built from the wallet's profile.
 * @param version of the emulator
 * @param lang the language of the descriptions
 */
export function walletOpenApi(profile: Profile, parties: ExampleParties, version: string, lang: string) {
  const translate = translatorInto(lang);
  const document = documentOf(profile, { parties, translate, lang, version });
  // Texts with values are translated already. This translates the others, such as those in schemas that are shared.
  return translateDocument(document, lang);
}

interface Context {
  parties: ExampleParties;
  version: string;
  lang: string;
  translate: Translate;
}

function documentOf(profile: Profile, context: Context) {
  const { parties, version, translate } = context;
  const { source } = profile;
  const userInfo = userInfoSchema(profile, translate);
  const operations = [...new Set(profile.operations.values())];
  const readsUserInfo = ({ name }: Operation) => source.operations[name]?.response.userInfo === '$userInfo';
  return {
    openapi: '3.1.0',
    info: {
      title: translate("{wallet}: the API for merchants' servers", { wallet: source.title }),
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description: overview(profile, context),
    },
    servers: [{ url: parties.baseUrl }],
    security: [{ clientId: [], signature: [] }, { clientId: [] }],
    tags: [...new Set(operations.map(({ verb }) => verb))].map((verb) => ({ name: verb, description: verbDescriptions[verb] })),
    paths: Object.fromEntries(
      operations.flatMap((operation) => {
        const item = operationObject(profile, operation, context, userInfo);
        return operation.paths.map((path, index) => [
          path,
          { post: { ...item, operationId: index === 0 ? operation.name : `${operation.name}-${index + 1}` } },
        ]);
      }),
    ),
    components: {
      schemas: { Result: resultSchema(profile), ...(operations.some(readsUserInfo) && { UserInfo: userInfo }) },
      parameters: Object.fromEntries(headerParameters(profile, translate).map((header) => [header.name, header])),
      headers: responseHeaders(profile, translate),
      securitySchemes: securitySchemes(profile, translate),
    },
  };
}

function overview({ source, prefixes, scenarioCodes }: Profile, { translate, lang }: Context): string {
  const { request, response, algorithm } = source.signature;
  const codes = [...scenarioCodes.keys()];
  const note = textIn(source.note, lang);
  return [
    translate(
      'Every call is a POST with JSON in UTF-8. A business failure is HTTP 200 with `result.resultStatus` F (failed) or U (unknown).',
    ),
    translate('An empty field and a null count as missing. Unknown fields are ignored.'),
    translate(
      'A request is signed with RSASSA-PKCS1-v1_5 and SHA-256 over this text, with the body byte for byte as it is sent:',
    ),
    block(request),
    translate(
      'It is sent as `Signature: algorithm={algorithm}, keyVersion=1, signature=<value>`. The value is Base64: percent-encoded, plain, or base64url.',
      { algorithm },
    ),
    translate("An answer is signed with the platform's key over this text:"),
    block(response),
    ...(prefixes.length > 1
      ? [translate('Each path exists with each of these prefixes: {prefixes}.', { prefixes: prefixes.join(', ') })]
      : []),
    ...(codes.length > 0 ? [translate('Only scenarios send these result codes: {codes}.', { codes: codes.join(', ') })] : []),
    ...(note === null ? [] : [note]),
  ].join('\n\n');
}

function block(lines: string): string {
  return `\`\`\`\n${lines}\n\`\`\``;
}

function operationObject(profile: Profile, operation: Operation, { parties, translate }: Context, userInfo: JsonSchema) {
  const source = profile.source.operations[operation.name] as OperationSource;
  const request = requestSchema(source.request, profile.source.strict, translate);
  const requests = requestExamples(profile, source, parties);
  const codes = resultCodesOfOperation(profile, operation, source);
  return {
    tags: [operation.verb],
    summary: operation.name,
    description: [
      ...(operation.scope === undefined
        ? []
        : [translate('The access token needs the scope {scope}.', { scope: operation.scope })]),
      resultCodeTable(codes, translate),
    ].join('\n\n'),
    parameters: headerParameters(profile, translate).map(({ name }) => reference('parameters', name)),
    requestBody: {
      required: true,
      content: { 'application/json': { schema: request, examples: wrapExamples(requests) } },
    },
    responses: {
      200: {
        description: 'The result: `result` says whether the operation succeeded',
        headers: Object.fromEntries(
          Object.keys(responseHeaders(profile, translate)).map((name) => [name, reference('headers', name)]),
        ),
        content: {
          'application/json': {
            schema: responseSchema(source, request, userInfo),
            examples: responseExamples(profile, operation, Object.values(requests)[0] ?? {}, codes, { parties, translate }),
          },
        },
      },
      '4XX': { description: 'Only a scenario answers with such a status' },
    },
  };
}

function wrapExamples(examples: Record<string, unknown>): Record<string, { value: unknown }> {
  return Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
}

function responseSchema({ response }: OperationSource, request: JsonSchema, userInfo: JsonSchema): JsonSchema {
  const fields = response.userInfo === '$userInfo' ? { ...response, userInfo: undefined } : response;
  const { properties } = treeSchema(fields, variableSchemas(request, userInfo));
  return {
    type: 'object',
    required: ['result'],
    properties: {
      result: reference('schemas', 'Result'),
      ...properties,
      ...(fields !== response && { userInfo: reference('schemas', 'UserInfo') }),
    },
  };
}

function responseExamples(
  profile: Profile,
  operation: Operation,
  request: Record<string, unknown>,
  codes: readonly ResultCode[],
  { parties, translate }: Pick<Context, 'parties' | 'translate'>,
) {
  return Object.fromEntries(
    codes.map(({ code, status, message, outcomes, causes }) => {
      const done = outcomes.includes('done');
      const result = { resultStatus: status, resultCode: code, resultMessage: done ? (message ?? 'success') : causes.join(' ') };
      const fields = done ? responseExample(profile, operation, request, parties) : {};
      return [code, { summary: causes.map((cause) => translate(cause)).join(' '), value: { result, ...fields } }];
    }),
  );
}

function variableSchemas(request: JsonSchema, userInfo: JsonSchema): VariableSchemas {
  return {
    authCode: text,
    accessToken: text,
    refreshToken: text,
    accessTokenExpiresAt: instant,
    refreshTokenExpiresAt: instant,
    customerId: text,
    tokenStatus: { type: 'string', enum: ['ACTIVE', 'EXPIRED', 'REVOKED'] },
    authUrl: { type: 'string', format: 'uri' },
    authId: text,
    now: instant,
    client: { type: 'object', properties: { clientId: text, name: text } },
    grant: { type: 'object', properties: { clientId: text, userId: text, secondaryMerchantId: text } },
    user: userSchema,
    userInfo,
    request,
  };
}

/** The fixtures' schema of a user. */
const userSchema = User as unknown as JsonSchema;

/** Everything that the wallet's scopes read, with the scopes that read each field. */
function userInfoSchema({ source }: Profile, translate: Translate): JsonSchema {
  let schema: JsonSchema = { type: 'object', properties: { userId: text } };
  const scopesOf = new Map<string, string[]>();
  for (const [scope, { reads }] of Object.entries(source.scopes)) {
    if (reads === undefined) continue;
    const read = treeSchema(reads, { user: userSchema });
    schema = mergeSchemas(schema, read);
    for (const field of Object.keys(read.properties ?? {})) scopesOf.set(field, [...(scopesOf.get(field) ?? []), scope]);
  }
  const described = Object.entries(schema.properties ?? {}).map(([field, property]) => {
    const scopes = scopesOf.get(field) ?? [];
    const description = translate('read with {scopes}', { scopes: scopes.join(translate(' or ')) });
    return [field, scopes.length === 0 ? property : { ...property, description }] as const;
  });
  return { ...schema, description: 'What the granted scopes read of the user', properties: Object.fromEntries(described) };
}

function resultSchema({ codes, scenarioCodes }: Profile): JsonSchema {
  const all = [...Object.values(codes).map(({ code }) => code), ...scenarioCodes.keys()];
  return {
    type: 'object',
    required: ['resultStatus', 'resultCode', 'resultMessage'],
    properties: {
      resultStatus: {
        type: 'string',
        enum: ['S', 'F', 'U', 'A'],
        description:
          'S: succeeded; F: failed, do not repeat the call as it is; U: unknown, the call may be repeated; A: accepted',
      },
      resultCode: { type: 'string', enum: [...new Set(all)] },
      resultMessage: { type: 'string', description: 'what is wrong, where, and what to do' },
    },
  };
}

function headerParameters({ source }: Profile, translate: Translate) {
  const { required, time } = source.headers;
  const known = [
    {
      name: 'Request-Time',
      description: translate(
        time === 'epoch-ms'
          ? 'When the call was sent. A signed call needs it. ISO 8601 with an offset, or milliseconds since the epoch, as this wallet writes them.'
          : 'When the call was sent. A signed call needs it. ISO 8601 with an offset, or milliseconds since the epoch.',
      ),
    },
    { name: 'Agent-Token', description: 'A token that lets the caller act for the client.' },
  ];
  const more = required.filter((name) => !known.some((header) => header.name === name));
  return [...known, ...more.map((name) => ({ name, description: 'Required by this wallet.' }))].map((header) => ({
    ...header,
    in: 'header',
    required: required.includes(header.name),
    schema: text,
  }));
}

function responseHeaders({ source: { signature } }: Profile, translate: Translate) {
  return {
    'client-id': { description: 'The Client-Id of the request', schema: text },
    'response-time': { description: 'When the platform answered, in the form of the Request-Time', schema: text },
    signature: {
      description: translate("algorithm={algorithm}, keyVersion=1, signature=<value>: the platform's signature", {
        algorithm: signature.algorithm,
      }),
      schema: text,
    },
  };
}

function securitySchemes({ source: { signature } }: Profile, translate: Translate) {
  return {
    clientId: { type: 'apiKey', in: 'header', name: 'Client-Id', description: "The merchant's client" },
    signature: {
      type: 'apiKey',
      in: 'header',
      name: 'Signature',
      description: translate(
        '`algorithm={algorithm}, keyVersion=1, signature=<value>`. A client whose record says `"signature": "required"` must send it.',
        { algorithm: signature.algorithm },
      ),
    },
  };
}
