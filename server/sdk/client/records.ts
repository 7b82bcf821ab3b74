/** An ISO 8601 duration (`PT10M`), or a number of seconds. */
export type Duration = string | number;

/** Lifetimes of codes and tokens. A missing one keeps its default. */
export interface Lifetimes {
  authCode?: Duration;
  accessToken?: Duration;
  refreshToken?: Duration;
}

/** A merchant's client. */
export interface Client {
  /** The merchant sends it as `Client-Id`. */
  clientId: string;
  name: string;
  /** Default: ACTIVE. */
  status?: 'ACTIVE' | 'SUSPENDED';
  /** PEM, or the bare Base64 that consoles show. */
  publicKey?: string;
  /**
   * Default: `required` with a `publicKey`, else `optional`. `optional` accepts any signature or none, and notes mistakes in the
   * journal. `off` does not verify.
   */
  signature?: 'required' | 'optional' | 'off';
  grantTypes?: ('AUTHORIZATION_CODE' | 'REFRESH_TOKEN')[];
  /** Default: `*`, all scopes of the wallet. */
  scopes?: '*' | string[];
  /** Another id that request bodies may use for this client. */
  referenceClientId?: string;
  notifyUrl?: string;
  /** The addresses that a prepared authorization may end at. Without a list: any. `*` at the end of an entry makes it a prefix. */
  redirectUrls?: string[];
  lifetimes?: Lifetimes;
  /** The accepted values of the header `Agent-Token`. Without any, the header is ignored. */
  agentTokens?: (string | { token: string; expiryTime?: string })[];
  /** At most `max` calls per duration, by the emulator's clock. */
  rateLimit?: { max: number; per: Duration };
}

/** A mini program. */
export interface App {
  appId: string;
  name: string;
  /** A file in the fixtures folder, or a URL. */
  logo?: string;
  /** The client that owns it. */
  clientId: string;
  /** The only origins whose pages may call for this app. Without any, all may. */
  callbackOrigins?: string[];
  termsUrl?: string;
  /** True if it is the wallet's own mini program. */
  ownApp?: boolean;
}

/** A user's decision without a screen. */
export interface Behaviour {
  consent?: 'ask' | 'grant' | 'deny';
  /** Scopes that this user always refuses. */
  denyScopes?: string[];
  lifetimes?: Lifetimes;
  /** Scope → the code that it is refused with. */
  scopeErrors?: Record<string, string>;
  /** Every authorization of this user fails with this error number. */
  error?: number;
  delay?: Duration;
}

/** A user of the wallet. Values are not masked: the wallet masks them in its answers. */
export interface User {
  userId: string;
  /** The name that testers see. */
  name: string;
  /** The user's purpose in tests: a text, or a text per language. */
  note?: string | Record<string, string>;
  locale?: string;
  country?: string;
  nickName?: string;
  userName?: { fullName?: string; firstName?: string; secondName?: string; thirdName?: string; lastName?: string };
  userNameInArabic?: Record<string, string>;
  loginIdInfos?: {
    loginId: string;
    loginIdType: string;
    hashLoginId?: string;
    extendInfo?: string | Record<string, unknown>;
  }[];
  /** A file in the fixtures folder, or a URL. */
  avatar?: string;
  gender?: string;
  /** YYYY-MM-DD. */
  birthday?: string;
  /** ISO 3166-1 alpha-2. */
  nationality?: string;
  contactInfos?: { contactType: string; contactNo: string; extendInfo?: string | Record<string, unknown> }[];
  addresses?: Record<string, unknown>[];
  /** Data that only some wallets have, such as cards and documents. */
  extra?: Record<string, unknown>;
  behaviour?: Behaviour;
}

/** The scopes that a user has agreed to share. */
export interface Consent {
  /** `userId.appId`, or `userId.clientId` if there is no mini program. */
  consentId: string;
  userId: string;
  clientId: string;
  appId?: string;
  /** Scope → when the user agreed to it. */
  scopes: Record<string, string>;
}

/** Give an `appId`, or only a `clientId` for an authorization without a mini program. */
export interface NewConsent {
  userId: string;
  clientId?: string;
  appId?: string;
  scopes: string[];
}

/** Changes to a consent: all scopes as a list, or an object that is merged (scope → when the user agreed to it; null removes it). */
export interface ConsentChanges {
  scopes?: string[] | Record<string, string | null>;
}

/** Settings that can change while the emulator runs. */
export interface Settings {
  /** The name of a wallet: one of the emulator's, or of the profile that it was started with. */
  wallet: string;
  /** The userId of the user who is logged in. */
  user: string;
  /** The wallet asks the user, or decides without a screen. */
  consent: 'ask' | 'grant' | 'deny';
  /** The reaction if a page asks for consent before the user did anything: a finding, a refusal, or nothing. */
  firstScreen: 'note' | 'refuse' | 'off';
  /** True if granted scopes are remembered, so that the user is not asked again. */
  remember: boolean;
  lifetimes: Lifetimes;
  /** True if web pages of any origin may call the OpenAPI (CORS). */
  openapiCors: boolean;
  /** True if the consent screen has the tester's drawer. */
  drawer: boolean;
}
