import type { KeyObject } from 'node:crypto';
import type { Profile } from '../profiles/profile.js';
import { type Header, headerOf, type SignatureFinding } from '../recordings/exchange.js';
import { encodingOf } from '../signing/encodings.js';
import { type FoundTemplate, findTemplate } from '../signing/find-template.js';
import { readSignaturePairs } from '../signing/signature-header.js';
import type { Finding } from './finding.js';
import type { PlatformCall } from './platform-call.js';

/** The side of a call whose signature is compared. */
type Side = 'request' | 'response';

/** The keys with which signatures can be verified. */
export interface PublicKeys {
  /** The platform's: it signs answers. */
  platform?: KeyObject;
  /** Returns the key of a client: it signs requests. */
  client(clientId: string): KeyObject | undefined;
}

/** After this number of searches without success, only the known contents are tried: a search takes long. */
const maxFailedSearches = 3;

/** Compares signatures. It remembers the contents that it found: the next call most often has the same. */
export class SignatureComparison {
  readonly #profile: Profile;
  readonly #keys: PublicKeys;
  readonly #found: Record<Side, Set<string>> = { request: new Set(), response: new Set() };
  readonly #failed: Record<Side, number> = { request: 0, response: 0 };

  constructor(profile: Profile, keys: PublicKeys) {
    this.#profile = profile;
    this.#keys = keys;
  }

  /** Compares the signatures of a call and of its answer. @param emulator the headers of the emulator's answer */
  compare(call: PlatformCall, emulator: readonly Header[]): Finding[] {
    return [...this.#compareRequest(call), ...this.#compareResponse(call, emulator)];
  }

  /** A request shows what the platform verifies only if it was accepted. */
  #compareRequest(call: PlatformCall): Finding[] {
    const { request, signatures } = call.exchange;
    if (!call.succeeded || headerOf(request.headers, 'signature') === undefined) return [];
    return this.#compareContent('request', call, this.#keys.client(call.clientId), signatures?.request);
  }

  #compareResponse(call: PlatformCall, emulator: readonly Header[]): Finding[] {
    const { response, signatures } = call.exchange;
    const own = readSignaturePairs(headerOf(emulator, 'signature') ?? '');
    const header = headerOf(response?.headers ?? [], 'signature');
    const shown = { operation: undefined, place: 'response' };
    if (header === undefined)
      return [{ code: 'signature-missing', ...shown, platform: undefined, emulator: own.get('algorithm') ?? '' }];
    const sent = readSignaturePairs(header);
    const findings = this.#compareContent('response', call, this.#keys.platform, signatures?.response);
    const algorithm = signatures?.response.algorithm ?? sent.get('algorithm') ?? '';
    if (algorithm !== own.get('algorithm'))
      findings.push({ code: 'signature-algorithm', ...shown, platform: algorithm, emulator: own.get('algorithm') ?? '' });
    const encoding = signatures?.response.encoding ?? encodingOf(sent.get('signature') ?? '');
    const ownEncoding = encodingOf(own.get('signature') ?? '');
    if (encoding !== ownEncoding)
      findings.push({ code: 'signature-encoding', ...shown, platform: encoding, emulator: ownEncoding });
    return findings;
  }

  #compareContent(side: Side, call: PlatformCall, key: KeyObject | undefined, recorded: SignatureFinding | undefined): Finding[] {
    const emulator = this.#profile.source.signature[side];
    const shown = { operation: undefined, place: side };
    const own = call.exchange.isMasked ? undefined : key;
    const found = own === undefined ? foundBefore(recorded) : this.#find(side, call, own);
    if (found === undefined) return [];
    const { template, hash } = found;
    // Sandboxes accept requests that nobody signed.
    if (template === undefined)
      return side === 'response' ? [{ code: 'signature-unverified', ...shown, platform: undefined, emulator }] : [];
    const findings: Finding[] = [];
    if (template !== emulator) findings.push({ code: 'signature-content', ...shown, platform: template, emulator });
    if (hash !== undefined) findings.push({ code: 'signature-algorithm', ...shown, platform: hash, emulator: 'SHA256' });
    return findings;
  }

  #find(side: Side, call: PlatformCall, key: KeyObject): FoundTemplate | undefined {
    const { request, response } = call.exchange;
    const { headers, body } = side === 'request' ? request : (response ?? request);
    const signature = readSignaturePairs(headerOf(headers, 'signature') ?? '').get('signature');
    if (signature === undefined) return undefined;
    const { source, prefixes } = this.#profile;
    const parts = {
      method: request.method,
      path: call.path,
      clientId: call.clientId,
      time: headerOf(headers, side === 'request' ? 'request-time' : 'response-time') ?? '',
      requestId: headerOf(request.headers, 'request-id') ?? '',
    };
    const known = [...this.#found[side], source.signature[side], source.signature.response, source.signature.request];
    const message = { signature, parts, url: new URL(request.url), prefixes, body };
    const found = findTemplate(message, key, known, this.#failed[side] >= maxFailedSearches);
    if (found.template !== undefined) this.#found[side].add(found.template);
    else this.#failed[side]++;
    return found;
  }
}

/** The recorder's findings, which it made while it had the bytes as they were sent: without a key, or without these bytes, they count. @returns undefined if it tells nothing about the content */
function foundBefore(recorded: SignatureFinding | undefined): Pick<FoundTemplate, 'template' | 'hash'> | undefined {
  if (recorded?.content !== undefined) return { template: recorded.content };
  return recorded?.verified === false ? {} : undefined;
}
