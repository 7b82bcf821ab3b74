/** An ISO 8601 duration (`PT10M`), or a number of seconds. */
export type Duration = string | number;

/** How long things live, each where it differs. */
export interface Lifetimes {
  authCode?: Duration;
  accessToken?: Duration;
  refreshToken?: Duration;
}

/** A merchant's client. */
export interface Client {
  /** What the merchant sends as `Client-Id`. */
  clientId: string;
  name: string;
  /** ACTIVE by default. */
  status?: 'ACTIVE' | 'SUSPENDED';
  /** PEM, or the bare Base64 that a console gives. */
  publicKey?: string;
  /** `optional` by default: one that verifies, none at all, or one that does not, with a note. */
  signature?: 'required' | 'optional' | 'off';
  grantTypes?: ('AUTHORIZATION_CODE' | 'REFRESH_TOKEN')[];
  /** `*`, the default, is all that the wallet has. */
  scopes?: '*' | string[];
  /** Another id by which the body may name this client. */
  referenceClientId?: string;
  notifyUrl?: string;
  redirectUrls?: string[];
  lifetimes?: Lifetimes;
  /** The values of `Agent-Token` that are taken; where there are none, the header is not looked at. */
  agentTokens?: (string | { token: string; expiryTime?: string })[];
  /** So many calls in so much of the emulator's time. */
  rateLimit?: { max: number; per: Duration };
}

/** A mini program. */
export interface App {
  appId: string;
  name: string;
  /** A file in the fixtures folder, or an address. */
  logo?: string;
  /** The client whose it is. */
  clientId: string;
  /** The only origins whose pages may ask, where there are any. */
  callbackOrigins?: string[];
  termsUrl?: string;
  /** The wallet's own mini program. */
  ownApp?: boolean;
}

/** What a user does without being asked. */
export interface Behaviour {
  consent?: 'ask' | 'grant' | 'deny';
  /** Refused, whatever else is granted. */
  denyScopes?: string[];
  lifetimes?: Lifetimes;
  /** Scope → the code with which it is refused. */
  scopeErrors?: Record<string, string>;
  /** Every authorization of this user fails with this error number. */
  error?: number;
  delay?: Duration;
}

/** A user of the wallet. Values are whole: what is masked, the wallet says. */
export interface User {
  userId: string;
  /** How testers see them. */
  name: string;
  /** What this user is good for, in a test: a text, or one a language. */
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
  /** A file in the fixtures folder, or an address. */
  avatar?: string;
  gender?: string;
  /** YYYY-MM-DD. */
  birthday?: string;
  /** ISO 3166-1 alpha-2. */
  nationality?: string;
  contactInfos?: { contactType: string; contactNo: string; extendInfo?: string | Record<string, unknown> }[];
  addresses?: Record<string, unknown>[];
  /** What only some wallets know: cards, documents. */
  extra?: Record<string, unknown>;
  behaviour?: Behaviour;
}

/** What a user has agreed to share. */
export interface Consent {
  /** userId.appId, or userId.clientId where there is no mini program. */
  consentId: string;
  userId: string;
  clientId: string;
  appId?: string;
  /** Scope → when it was agreed to. */
  scopes: Record<string, string>;
}

/** For a mini program, or by `clientId` alone for an authorization without one. */
export interface NewConsent {
  userId: string;
  clientId?: string;
  appId?: string;
  scopes: string[];
}

/** What can change while it runs. */
export interface Settings {
  /** A wallet's name, or the path to a profile. */
  wallet: string;
  /** The userId of who is logged in to the wallet. */
  user: string;
  /** Ask the user, or decide without a screen. */
  consent: 'ask' | 'grant' | 'deny';
  /** Consent asked for before the user did anything on the page: note it, refuse it, or neither. */
  firstScreen: 'note' | 'refuse' | 'off';
  /** Whether what was granted is not asked for again. */
  remember: boolean;
  lifetimes: Lifetimes;
  /** Whether the consent screen has the tester's drawer. */
  drawer: boolean;
}
