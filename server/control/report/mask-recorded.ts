import type { PresentedEntry, PresentedMessage } from '../../journal/entry.js';
import { mapContents } from '../../journal/present.js';
import type { Profile } from '../../profiles/profile.js';
import { wordsOf } from '../../profiles/words-of.js';
import { Mask } from '../../recordings/mask/mask.js';

/**
 * Masks the calls of a recorder in a report, as its file has them. No list of users and tokens has the values that a real platform and
 * its merchants send.
 */
export class RecordedMask {
  readonly #profile: Profile;
  #mask: Mask | undefined;

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  /** A sentence about an entry that was masked. */
  sentence(text: string): string {
    return this.#mask?.sentence(text) ?? text;
  }

  /** Masks addresses, headers, bodies and signed texts of an entry, if it was recorded. Equal values stay equal in all entries. */
  entry(entry: PresentedEntry): PresentedEntry {
    const { recorded, signature } = entry;
    if (recorded === undefined) return entry;
    this.#mask ??= new Mask({ words: () => wordsOf(this.#profile), host: new URL(recorded.address).hostname });
    const mask = this.#mask;
    mask.setTime(Date.parse(entry.at));
    const body = (text: string) => mask.body(Buffer.from(text)).toString();
    const sentence = (text: string) => mask.sentence(text);
    const message = ({ headers, body: text }: PresentedMessage) => ({
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => mask.header([name, String(value)]))),
      body: body(text),
    });
    const { origin } = new URL(recorded.address);
    const { emulator } = recorded;
    const masked = {
      ...entry,
      path: mask.url(origin + entry.path, true).slice(origin.length),
      request: message(entry.request),
      response: message(entry.response),
      recorded: {
        ...recorded,
        address: mask.url(recorded.address, true),
        ...(emulator && { emulator: { ...emulator, body: body(emulator.body), reason: sentence(emulator.reason) } }),
      },
    };
    if (signature === undefined) return { ...masked, reason: sentence(entry.reason) };
    const mistakes = signature.mistakes.map((made) => ({ ...made, message: sentence(made.message) }));
    return {
      ...masked,
      reason: sentence(entry.reason),
      signature: { ...signature, ...mapContents(signature, (text) => mask.text(text)), mistakes },
    };
  }
}
