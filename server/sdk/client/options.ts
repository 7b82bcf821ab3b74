/** How an emulator starts: the flags of the command line, in camel case. */
export interface EmulatorOptions {
  /** 4010; 0 takes a free one. */
  port?: number;
  /** The address to listen on: 127.0.0.1. */
  host?: string;
  /** A wallet's name (`platform-v2`, … as `billetera wallets` lists them), or the path to a profile. */
  wallet?: string;
  /** A folder with clients.json, apps.json, users.json, scenarios.json, wallets/; what it lacks is built in. */
  fixtures?: string;
  /** A folder: state lives there and survives a restart. Without it, in memory. */
  data?: string;
  /** More host names that pages and control API answer to. */
  allowHost?: string[];
  /** The platform's RSA key: a PEM file, or `generate`. Without it, the built-in development key. */
  platformKey?: string;
  /** HTTPS beside HTTP, with a certificate of its own making for localhost. */
  tls?: boolean;
  /** HTTPS too, with this certificate: a PEM file. */
  tlsCert?: string;
  /** The certificate's private key: a PEM file. */
  tlsKey?: string;
  /** 4443; 0 takes a free one. */
  tlsPort?: number;
  /** The journal with whole codes and tokens. */
  showSecrets?: boolean;
  /** Writes a log to standard error, from this level on. Without it there is none. */
  logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}
