import type { Profile } from '../profiles/profile.js';
import type { EmulatorAnswer } from './answerer.js';
import type { Finding } from './finding.js';
import type { PlatformCall } from './platform-call.js';
import { readGiven } from './read-given.js';
import { engineFields } from './repair-request.js';

type OldToken = 'accessToken' | 'refreshToken';

/** Remembers which tokens a refresh has replaced, and compares how the platform and the emulator treat them. */
export class OldPairs {
  readonly #profile: Profile;
  /** Refresh token → the access token of its pair. */
  readonly #pairs = new Map<string, string>();
  readonly #replaced: Record<OldToken, Set<string>> = { accessToken: new Set(), refreshToken: new Set() };

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  /** @returns a finding if the call used an old token, and only one side accepted it */
  compare(call: PlatformCall, answer: EmulatorAnswer): Finding | undefined {
    const place = this.#oldTokenIn(call);
    const emulator = answer.outcome === 'done';
    if (place === undefined || call.succeeded === emulator) return undefined;
    return { code: 'refresh-old-pair', operation: call.operation?.name, place, platform: call.succeeded, emulator };
  }

  /** Notes the tokens of a call. Call it after `compare`. */
  note(call: PlatformCall): void {
    const { operation } = call;
    if (operation === undefined || !call.succeeded) return;
    const { accessToken, refreshToken } = readGiven(call, operation, this.#profile);
    const sent = this.#fieldsOf(call).refreshToken;
    if (typeof sent === 'string' && accessToken !== undefined) {
      this.#replaced.refreshToken.add(sent);
      const before = this.#pairs.get(sent);
      if (before !== undefined && before !== accessToken) this.#replaced.accessToken.add(before);
    }
    if (accessToken !== undefined && refreshToken !== undefined) this.#pairs.set(refreshToken, accessToken);
  }

  #oldTokenIn(call: PlatformCall): OldToken | undefined {
    const fields = this.#fieldsOf(call);
    return (['refreshToken', 'accessToken'] as const).find((name) => this.#replaced[name].has(String(fields[name])));
  }

  #fieldsOf({ operation, body }: PlatformCall): Record<string, unknown> {
    const source = operation && this.#profile.source.operations[operation.name];
    return source === undefined ? {} : engineFields(source, body);
  }
}
