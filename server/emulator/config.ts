import { dirname, resolve } from 'node:path';
import Type, { type Static, type TSchema } from 'typebox';
import { isThere } from '../files/is-there.js';
import { readJsonFile } from '../files/read-file.js';
import { readAllowedHost } from '../http/allowed-host.js';
import { readPublicUrl } from '../http/public-address.js';
import { isPath } from '../profiles/profile-folders.js';
import { closed } from '../schemas/common.js';
import { findProblem, unknownField } from '../schemas/problem.js';
import { defaultLimits } from '../tenants/evictions.js';
import { oneLine } from '../texts/one-line.js';
import { inEnglish } from '../texts/write-text.js';
import { EmulatorError } from './emulator-error.js';
import { hasFixtures } from './unread-files.js';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Every option. Each one is a flag, an environment variable and a field of the configuration file. */
export const ConfigFile = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    port: Type.Integer({ minimum: 0, maximum: 65535, default: 4010, description: 'the port; 0 takes a free one' }),
    host: Type.String({ minLength: 1, default: '127.0.0.1', description: 'the address to listen on' }),
    wallet: Type.String({ minLength: 1, default: 'platform-v2', description: "a profile's name, or a path to a profile" }),
    fixtures: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'a folder with clients, apps, users, scenarios (.json or .yaml, or all in fixtures.yaml), wallets/; default: ./billetera, if it has any; built-in files replace missing ones',
      }),
    ),
    data: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'a folder for state, so that it survives a restart; default: state is kept in memory',
      }),
    ),
    store: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'a Redis server that several emulators share, such as redis://localhost:6379/0; default: memory, or the folder of --data',
      }),
    ),
    import: Type.Optional(
      Type.String({ minLength: 1, description: 'a snapshot that the default tenant starts with: a file of `snapshot save`' }),
    ),
    exportOnExit: Type.Optional(
      Type.String({ minLength: 1, description: 'a file for a snapshot of the default tenant, written when the emulator stops' }),
    ),
    fsync: Type.Enum(['on', 'off'], {
      default: 'on',
      description: 'whether an answer waits until its change is on the disk, so that it survives a power loss: on or off',
    }),
    logLevel: Type.Enum(logLevels, { default: 'info', description: `one of ${logLevels.join(', ')}` }),
    watch: Type.Boolean({ default: false, description: 'reloads fixtures, wallets and the configuration file when they change' }),
    allowHost: Type.Array(Type.String({ minLength: 1 }), {
      default: [],
      description: 'more host names that may open the pages and call the control API',
    }),
    publicUrl: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'the address by which others reach the emulator, with a base path if it has one; default: the address of each call',
      }),
    ),
    trustProxy: Type.Boolean({
      default: false,
      description: 'believes X-Forwarded-Proto, -Host and -Prefix of a proxy in front of the emulator',
    }),
    controlToken: Type.Optional(
      Type.String({
        pattern: '^[!-~]{8,256}$',
        description: 'a secret that the control API and the pages then ask for: 8 to 256 ASCII characters without spaces',
      }),
    ),
    platformKey: Type.Optional(
      Type.String({
        minLength: 1,
        description: "the platform's RSA private key: a PEM file, or `generate`; default: the built-in development key",
      }),
    ),
    tls: Type.Boolean({ default: false, description: 'also serves HTTPS, with a generated certificate for localhost' }),
    tlsCert: Type.Optional(Type.String({ minLength: 1, description: 'also serves HTTPS, with this certificate: a PEM file' })),
    tlsKey: Type.Optional(Type.String({ minLength: 1, description: 'the private key of the certificate: a PEM file' })),
    tlsPort: Type.Integer({ minimum: 0, maximum: 65535, default: 4443, description: 'the port of HTTPS; 0 takes a free one' }),
    tlsOnly: Type.Boolean({ default: false, description: 'serves only HTTPS' }),
    maxTenants: Type.Integer({
      minimum: 2,
      default: defaultLimits.tenants,
      description: 'how many tenants there can be; over it, the least recently used one is dropped, also from disk',
    }),
    maxTokens: Type.Integer({
      minimum: 10,
      default: defaultLimits.tokens,
      description: 'how many codes, and how many tokens of each kind, a tenant can have; over it, ended ones are dropped first',
    }),
    openapiCors: Type.Boolean({
      default: false,
      description: 'lets web pages of any origin call the OpenAPI (CORS)',
    }),
    showSecrets: Type.Boolean({ default: false, description: 'shows whole codes and tokens in the journal and the log' }),
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

const { $schema: _, ...properties } = ConfigFile.properties;
/** The schema of each option. */
export const optionSchemas: Readonly<Record<ConfigName, TSchema>> = properties;

const optionNames = Object.keys(optionSchemas) as ConfigName[];

/** The environment variable of an option: `logLevel` → `BILLETERA_LOG_LEVEL`. */
export function variableName(option: string): string {
  return `BILLETERA_${option.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
export const configFileVariable = variableName('config');
const defaultConfigFile = 'billetera.config.json';
/** The folder of fixtures that is used if none is named and it has fixtures. */
export const defaultFixtures = './billetera';

/** A place that sets options. */
interface Source {
  values: Record<string, unknown>;
  /** Numbers and lists may be written as text. */
  isText?: boolean;
  /** Names an option and its value in a message, such as `--port x`. */
  nameOf(option: string): string;
  /** The configuration file. */
  path?: string;
}

/**
 * Reads the configuration of the command line. A flag wins over an environment variable, a variable over the file, and the file over
 * the default.
 *
 * @param flags by option name (`logLevel`), as text or as values; `config` is the path of the file
 * @throws EmulatorError in one line: the flag, variable or field, and what was expected
 */
export function readConfig(flags: Record<string, unknown>, env: NodeJS.ProcessEnv): Config {
  const { config: _, ...values } = flags;
  const config = mergeSources([
    readConfigFile(configPath(flags, env)),
    readEnvironment(env),
    { isText: true, values, nameOf: (name) => `${flagName(name)} ${shown(name, String(values[name]))}` },
  ]);
  return config.fixtures === undefined && hasFixtures(defaultFixtures) ? { ...config, fixtures: defaultFixtures } : config;
}

/** Returns true if the command line, the environment or the configuration file names a wallet. */
export function namesWallet(flags: Record<string, unknown>, env: NodeJS.ProcessEnv): boolean {
  const inFile = readConfigFile(configPath(flags, env)).values.wallet;
  return [flags.wallet, env[variableName('wallet')] || undefined, inFile].some((wallet) => wallet !== undefined);
}

/**
 * The path of the configuration file.
 * @returns undefined if no file is named and the default one does not exist
 */
export function configPath(flags: Record<string, unknown>, env: NodeJS.ProcessEnv): string | undefined {
  const named = (flags.config as string | undefined) ?? (env[configFileVariable] || undefined);
  if (named === '') throw invalid('--config: expected a file');
  const path = resolve(named ?? defaultConfigFile);
  return named === undefined && !isThere(path) ? undefined : path;
}

/**
 * Reads the options that a program passes. The environment and the configuration file are ignored.
 * @throws EmulatorError in one line: the option and what was expected
 */
export function readOptions(options: object): Config {
  // Callers in JavaScript have no types.
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw invalid(`options: expected an object such as { port: 0 }, got ${JSON.stringify(options)}`);
  const values = { ...options } as Record<string, unknown>;
  return mergeSources([{ values, nameOf: (name) => `${name} ${shown(name, JSON.stringify(values[name]))}` }]);
}

/** The flag of an option: `logLevel` → `--log-level`. */
export function flagName(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A value in a message. Messages may end up in a log, so they must not quote a secret. */
function shown(name: string, value: string): string {
  return name === 'controlToken' ? '…' : value;
}

/** Later sources win. */
function mergeSources(sources: readonly Source[]): Config {
  const config: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(optionSchemas)) if ('default' in schema) config[name] = schema.default;
  for (const source of sources) {
    for (const [name, value] of Object.entries(source.values))
      if (value !== undefined && name !== '$schema') config[name] = readOption(source, name, value);
  }
  return config as Config;
}

function readOption({ path, isText, nameOf }: Source, name: string, given: unknown): unknown {
  const schema = Object.hasOwn(optionSchemas, name) ? optionSchemas[name as ConfigName] : undefined;
  if (schema === undefined)
    throw invalid(`${path === undefined ? '' : `${path}: `}${inEnglish(unknownField(name, Object.keys(optionSchemas)))}`);
  const value = isText ? fromText(given, schema) : given;
  const problem = findProblem(schema, value);
  if (problem !== undefined)
    throw invalid(`${nameOf(name)}: ${expectationOf(name, schema, isText) ?? inEnglish(problem.message)}`);
  try {
    return normalized(name as ConfigName, value, path);
  } catch (error) {
    throw invalid(`${nameOf(name)}: ${(error as Error).message}`, error);
  }
}

/** Says what an option expects, if its schema does not say it in the words of a user. @param isText the value was written as text */
function expectationOf(name: string, schema: TSchema, isText = false): string | undefined {
  if (name === 'port' || name === 'tlsPort') return 'expected a whole number from 0 to 65535; 0 takes a free port';
  if (name === 'controlToken') return 'expected 8 to 256 ASCII characters without spaces';
  const isSwitch = (schema as { type?: string }).type === 'boolean';
  return isSwitch && isText ? `expected on or off; allowed: ${[...onWords, ...offWords].join(', ')}` : undefined;
}

/** @param file the configuration file, if it sets the option. Its paths are relative to it */
function normalized(name: ConfigName, value: unknown, file: string | undefined): unknown {
  switch (name) {
    case 'allowHost':
      return (value as string[]).map(readAllowedHost);
    case 'publicUrl':
      return readPublicUrl(value as string);
    case 'wallet':
      return isPath(value as string) ? fromFile(value as string, file) : value;
    case 'platformKey':
      return value === 'generate' ? value : fromFile(value as string, file);
    case 'fixtures':
    case 'data':
    case 'import':
    case 'exportOnExit':
    case 'tlsCert':
    case 'tlsKey':
      return fromFile(value as string, file);
    default:
      return value;
  }
}

function fromFile(path: string, file: string | undefined): string {
  return file === undefined ? path : resolve(dirname(file), path);
}

function readConfigFile(path: string | undefined): Source {
  if (path === undefined) return { values: {}, nameOf: String };
  let values: unknown;
  try {
    values = readJsonFile(path);
  } catch (error) {
    throw invalid((error as Error).message, error);
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) throw invalid(`${path}: expected a JSON object`);
  return { values: values as Record<string, unknown>, nameOf: (name) => `${path}: ${name}`, path };
}

/** An empty variable counts as not set. */
function readEnvironment(env: NodeJS.ProcessEnv): Source {
  const isSet = (name: string) => (env[variableName(name)] ?? '') !== '';
  const values = Object.fromEntries(optionNames.filter(isSet).map((name) => [name, env[variableName(name)]]));
  return { isText: true, values, nameOf: (name) => `${variableName(name)}=${shown(name, String(values[name]))}` };
}

const onWords = ['1', 'true', 'yes', 'on'];
const offWords = ['0', 'false', 'no', 'off'];

/** Parses the text of a flag or a variable. */
function fromText(value: unknown, schema: TSchema): unknown {
  if (typeof value !== 'string') return value;
  const { type } = schema as { type?: string };
  if (type === 'boolean' && [...onWords, ...offWords].includes(value.toLowerCase())) return onWords.includes(value.toLowerCase());
  if (type === 'integer') return /^\d+$/.test(value) ? Number(value) : value;
  if (type === 'array') return value.split(',').flatMap((item) => item.trim() || []);
  return value;
}

function invalid(problem: string, cause?: unknown): EmulatorError {
  return new EmulatorError('OPTION_INVALID', oneLine(problem), { cause });
}
