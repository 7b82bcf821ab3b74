/** Options of an emulator: the flags of the command line, in camel case. */
export interface EmulatorOptions {
  /** Default: 4010. 0 takes a free port. */
  port?: number;
  /** The address to listen on. Default: 127.0.0.1. */
  host?: string;
  /** A wallet's name (`platform-v2`, … as `billetera wallets` lists them), or the path to a profile. */
  wallet?: string;
  /** A folder with clients.json, apps.json, users.json, scenarios.json or wallets/. The built-in ones replace missing files. */
  fixtures?: string;
  /** A folder that stores the state, so that it survives a restart. Default: in memory. */
  data?: string;
  /** A Redis server that several emulators share, such as `redis://localhost:6379/0`. Default: memory, or the folder of `data`. */
  store?: string;
  /** A snapshot that the default tenant starts with: a file of `billetera snapshot save` or `exportOnExit`. */
  import?: string;
  /** A file for a snapshot of the default tenant, written when the emulator closes. */
  exportOnExit?: string;
  /** True if an answer waits until its change is on the disk, so that it survives a power loss. Default: on. */
  fsync?: 'on' | 'off';
  /** More host names that the pages and the control API answer to. */
  allowHost?: string[];
  /** The address by which others reach the emulator, with a base path if it has one. Default: the address of each call. */
  publicUrl?: string;
  /** Believes X-Forwarded-Proto, -Host and -Prefix of a proxy in front of the emulator. Default: off. */
  trustProxy?: boolean;
  /**
   * A secret that the control API and the pages then ask for, of 8 to 256 letters, digits and signs. The object that `startEmulator`
   * returns sends it.
   */
  controlToken?: string;
  /** The platform's RSA key: a PEM file, or `generate`. Default: the built-in development key. */
  platformKey?: string;
  /** Serves HTTPS as well as HTTP, with a generated certificate for localhost. */
  tls?: boolean;
  /** Serves HTTPS as well as HTTP, with this certificate: a PEM file. */
  tlsCert?: string;
  /** The certificate's private key: a PEM file. */
  tlsKey?: string;
  /** Default: 4443. 0 takes a free port. */
  tlsPort?: number;
  /** The maximum number of tenants. Over it, the least recently used one is dropped. Default: 5000. */
  maxTenants?: number;
  /** The maximum number of a tenant's codes, and of its tokens of each kind. Over it, ended ones are dropped first. Default: 200000. */
  maxTokens?: number;
  /** Lets web pages of any origin call the OpenAPI (CORS). Default: off. */
  openapiCors?: boolean;
  /** Shows whole codes and tokens in the journal and the log. */
  showSecrets?: boolean;
  /** Writes a log to standard error, from this level on. Default: no log. */
  logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}
