import type { KeyObject } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Comparison } from '../comparison/compare.js';
import { maskedNote } from '../comparison/masked-note.js';
import { sendPage } from '../pages/render.js';
import type { Profile } from '../profiles/profile.js';
import type { Exchange } from '../recordings/exchange.js';
import { readHar } from '../recordings/read-har.js';
import { readHttpFile } from '../recordings/read-http-file.js';
import { readPublicKey } from '../signing/keys.js';
import type { Tenant } from '../tenants/tenant.js';
import { type Text, text } from '../texts/text.js';
import { errorAt, TextError, textOf } from '../texts/text-error.js';
import { inLanguage } from '../texts/write-text.js';
import { formOf } from './after-action.js';
import { comparisonModel } from './comparison-model.js';
import { consoleModel } from './console-model.js';

const page = '/compare';
const megabyte = 1024 * 1024;
/** The largest recording that the page takes, in bytes. The command line compares larger ones. */
const maxFileBytes = 16 * megabyte;
/** A form writes some characters of JSON as three. */
const bodyLimit = 3 * maxFileBytes;
/** The most calls that the page compares: each takes some milliseconds. */
const maxCalls = 1000;

/** The other side of a comparison. */
export interface ComparedWith {
  profile: Profile;
  tenant: Tenant;
  /** The platform's public key; absent: the content of its signatures is not compared. */
  platformKey?: KeyObject;
  /** The scopes that the user agreed to; absent: they are guessed. */
  scopes?: readonly string[];
}

/** Compares a recording with a wallet. @throws TextError if no call looks like one to a wallet */
export type CompareRecording = (recording: readonly Exchange[], options: ComparedWith) => Promise<Comparison>;

/** The page that compares a recording of a platform with a wallet. The recording is not stored, and nothing changes. */
export async function comparePage(app: FastifyInstance, { compare }: { compare: CompareRecording }): Promise<void> {
  // One after another, so that calls of merchants wait for one comparison at most.
  let last: Promise<unknown> = Promise.resolve();
  app.get(page, (request, reply) => sendForm(request, reply));
  app.post(page, { bodyLimit, config: { reads: true } }, async (request, reply) => {
    const compared = last.then(() => readAndCompare(request, compare));
    last = compared.catch(() => {});
    try {
      const { recording, profile, comparison, note } = await compared;
      const model = consoleModel(request);
      return await sendPage(reply, 'comparison', {
        ...model,
        header: { ...model.header, back: request.prefix + page },
        compared: {
          title: profile.source.title,
          note: note && inLanguage(note, model.lang),
          ...comparisonModel(recording, comparison, model.lang),
        },
      });
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      return sendForm(request, reply.status(400), error.text);
    }
  });
}

/** @throws TextError that says which field is wrong, and what was expected */
async function readAndCompare(request: FastifyRequest, compare: CompareRecording) {
  const { recording: written, wallet, platformKey, scopes } = formOf(request);
  const { tenant } = request;
  const profile = profileOf(tenant, wallet);
  const given = String(written ?? '')
    .replace(/^\ufeff/, '')
    .trim();
  if (given === '') throw new TextError(text('recording-not-given'));
  const recording = readWritten(given);
  if (recording.length > maxCalls) throw new TextError(text('recording-too-long', { count: recording.length, max: maxCalls }));
  const key = String(platformKey ?? '').trim();
  const names = String(scopes ?? '')
    .split(/[\s,]+/)
    .filter((name) => name !== '');
  const comparison = await compare(recording, {
    profile,
    tenant,
    ...(key !== '' && { platformKey: keyOf(key) }),
    ...(names.length > 0 && { scopes: names }),
  });
  return { recording, profile, comparison, note: maskedNote(recording, key !== '') };
}

function profileOf(tenant: Tenant, name: unknown): Profile {
  const profile = name === undefined ? tenant.profile : tenant.wallets.find((known) => known.name === name);
  if (profile !== undefined) return profile;
  throw errorAt('wallet', text('expected-one-of', { values: tenant.wallets.map((known) => known.name) }));
}

function readWritten(written: string): Exchange[] {
  return written.startsWith('{') ? readHar(written) : readHttpFile(Buffer.from(written));
}

function keyOf(written: string): KeyObject {
  try {
    return readPublicKey(written);
  } catch (error) {
    throw errorAt('platformKey', textOf(error));
  }
}

function sendForm(request: FastifyRequest, reply: FastifyReply, problem?: Text): Promise<string> {
  const model = consoleModel(request);
  const { wallet = request.tenant.profile.name, platformKey, scopes } = formOf(request);
  return sendPage(reply, 'compare', {
    ...model,
    header: { ...model.header, back: request.prefix + page },
    maxFileBytes,
    maxMegabytes: maxFileBytes / megabyte,
    wallets: request.tenant.wallets.map(({ name, source }) => ({ name, title: source.title, chosen: name === wallet })),
    platformKey,
    scopes,
    problem: problem && inLanguage(problem, model.lang),
  });
}
