import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Type, { type Static, type TSchema } from 'typebox';
import { closed } from '../schemas/common.js';
import { findProblem, unknownField } from '../schemas/problem.js';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Everything that can be configured: each is a flag, most are an environment variable too, and all may stand in the file. */
export const ConfigFile = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    port: Type.Integer({ minimum: 0, maximum: 65535, default: 4010, description: 'the port; 0 takes a free one' }),
    host: Type.String({ minLength: 1, default: '127.0.0.1', description: 'the address to listen on' }),
    wallet: Type.String({ minLength: 1, default: 'platform-v2', description: "a profile's name, or a path to a profile" }),
    fixtures: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'a folder with clients.json, apps.json, users.json, wallets/; what it lacks is built in',
      }),
    ),
    data: Type.Optional(
      Type.String({ minLength: 1, description: 'a folder: state lives there and survives a restart; without it, in memory' }),
    ),
    logLevel: Type.Enum(logLevels, { default: 'info', description: `one of ${logLevels.join(', ')}` }),
    watch: Type.Boolean({ default: false, description: 'reloads fixtures when they change' }),
    allowHost: Type.Array(Type.String({ minLength: 1 }), {
      default: [],
      description: 'more host names that pages and control API answer to',
    }),
    platformKey: Type.Optional(
      Type.String({
        minLength: 1,
        description: "the platform's RSA key: a PEM file, or `generate`; without it, the built-in development key",
      }),
    ),
    tls: Type.Boolean({ default: false, description: 'HTTPS too, with a certificate of its own making for localhost' }),
    tlsCert: Type.Optional(Type.String({ minLength: 1, description: 'HTTPS too, with this certificate: a PEM file' })),
    tlsKey: Type.Optional(Type.String({ minLength: 1, description: "the certificate's private key: a PEM file" })),
    tlsPort: Type.Integer({ minimum: 0, maximum: 65535, default: 4443, description: 'the port of HTTPS; 0 takes a free one' }),
    tlsOnly: Type.Boolean({ default: false, description: 'HTTPS alone: nothing answers on the port of HTTP' }),
    showSecrets: Type.Boolean({ default: false, description: 'journal and logs with whole tokens' }),
  },
  closed,
);
/** The JSON Schema of the configuration file, for editors. */
export function configFileSchema(): Record<string, unknown> {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'billetera.config.json',
    ...Type.Partial(ConfigFile, closed),
  };
}

export type Config = Omit<Static<typeof ConfigFile>, '$schema'>;
export type ConfigName = keyof Config;

/** Which environment variable sets what. */
export const environment: Partial<Record<ConfigName, string>> = {
  port: 'BILLETERA_PORT',
  host: 'BILLETERA_HOST',
  wallet: 'BILLETERA_WALLET',
  fixtures: 'BILLETERA_FIXTURES',
  data: 'BILLETERA_DATA',
  logLevel: 'BILLETERA_LOG_LEVEL',
  allowHost: 'BILLETERA_ALLOW_HOST',
  platformKey: 'BILLETERA_PLATFORM_KEY',
  tlsPort: 'BILLETERA_TLS_PORT',
};
export const configFileVariable = 'BILLETERA_CONFIG';
const defaultConfigFile = 'billetera.config.json';

type Source = { values: Record<string, unknown>; nameOf(name: string): string; isText?: true; file?: string };

const nothing: Source = { values: {}, nameOf: String };

/**
 * Puts the configuration together: flags, then environment, then file, then defaults, the first that says so.
 *
 * @param flags by name (`logLevel`), as text or as what they are
 * @param env the environment
 * @param options `file: false` leaves ./billetera.config.json alone
 * @throws Error in one line: which flag, variable or field, and what was expected
 */
export function readConfig(flags: Record<string, unknown>, env: NodeJS.ProcessEnv, options: { file?: boolean } = {}): Config {
  const { config: flagFile, ...own } = flags;
  const file = (flagFile as string | undefined) ?? env[configFileVariable];
  const fromEnv = Object.entries(environment).flatMap(([name, variable]) => (env[variable] ? [[name, env[variable]]] : []));
  const sources: Source[] = [
    options.file === false ? nothing : readFile(file),
    {
      isText: true,
      values: Object.fromEntries(fromEnv),
      nameOf: (name) => `${environment[name as ConfigName]}=${env[environment[name as ConfigName] ?? '']}`,
    },
    { isText: true, values: own, nameOf: (name) => `--${kebab(name)} ${String(own[name])}` },
  ];
  const config: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(ConfigFile.properties)) if ('default' in schema) config[name] = schema.default;
  for (const { values, nameOf, isText, file } of sources) {
    for (const [name, given] of Object.entries(values)) {
      if (given === undefined || name === '$schema') continue;
      const schema = Object.hasOwn(ConfigFile.properties, name)
        ? (ConfigFile.properties as Record<string, TSchema>)[name]
        : undefined;
      if (schema === undefined)
        throw new Error(`${file === undefined ? '' : `${file}: `}${unknownField(name, Object.keys(ConfigFile.properties))}`);
      const value = isText ? fromText(given, schema) : given;
      const problem = findProblem(schema, value);
      if (problem !== undefined) throw new Error(`${nameOf(name)}: ${problem.message}`);
      config[name] = value;
    }
  }
  return config as Config;
}

function readFile(file: string | undefined): Source {
  const path = resolve(file ?? defaultConfigFile);
  let values: unknown;
  try {
    values = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && file === undefined) return nothing;
    throw new Error(`${path}: expected a JSON file (${(error as Error).message})`);
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) throw new Error(`${path}: expected a JSON object`);
  return { values: values as Record<string, unknown>, nameOf: (name) => `${path}: ${name}`, file: path };
}

/** Flags and variables are text: a number, a list or a yes is read out of it; the file's values are what they are. */
function fromText(value: unknown, schema: TSchema): unknown {
  if (typeof value !== 'string') return value;
  const { type } = schema as { type?: string };
  if (type === 'integer') return /^\d+$/.test(value) ? Number(value) : value;
  if (type === 'array') return value.split(',').map((item) => item.trim());
  return value;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
