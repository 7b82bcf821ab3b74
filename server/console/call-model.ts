import type { FastifyRequest } from 'fastify';
import type { JournalEntry, PresentedEntry } from '../journal/entry.js';
import { presentEntry } from '../journal/present.js';
import { isRefusedElsewhere } from '../journal/refused-elsewhere.js';
import { catalogue, phrase } from '../pages/catalogues.js';
import { errorInWords } from '../pages/error-text.js';
import { findingInWords } from '../pages/finding-text.js';
import { actedModel } from '../pages/library-text.js';
import { callTime } from '../pages/time-model.js';
import { copiesOf } from './copy-call.js';
import { jsonTree } from './json-tree.js';
import { nameIds } from './name-ids.js';
import { recordedView } from './recorded-view.js';
import { repeatable } from './send-again.js';
import { signatureView } from './signature-view.js';

/** A call as a page. */
export async function callModel(request: FastifyRequest, entry: JournalEntry, lang: string, showSecrets: boolean) {
  const { tenant } = request;
  const shown = presentEntry({ ...entry, reason: nameIds(entry.reason, tenant, lang) }, tenant, showSecrets, lang);
  const { clientId, appId, userId, authorizationId } = entry;
  return {
    ...shown,
    operation: shown.operation ?? `${shown.method} ${shown.path}`,
    time: callTime(entry.at, tenant.clock.now()).time,
    kindText: phrase(catalogue(lang), `journal.kind.${shown.kind}`),
    result: shown.resultCode ?? `HTTP ${shown.status}`,
    resultInWords: errorInWords(tenant.profile, entry, lang),
    client: clientId && tenant.clients.get(clientId)?.name,
    app: appId && tenant.apps.get(appId)?.name,
    user: userId && tenant.users.get(userId)?.record.name,
    // Other calls of the same trace have the same second field.
    traceId: shown.traceparent?.split('-')[1],
    scenario: shown.scenario && actedModel(tenant.scenarios, shown.scenario, lang),
    refusedElsewhere: isRefusedElsewhere(entry),
    recorded: shown.recorded && recordedView(shown.recorded, entry, tenant.profile.source.signature.response, lang),
    comparison: shown.signature && signatureView(shown.signature, lang),
    signatureText: entry.signature && signatureInWords(entry.signature, lang),
    signatureRefused: entry.signature && isSignatureRefused(entry.signature),
    findings: entry.findings.map((code) => ({
      ...findingInWords(code, lang),
      inThisCall: shown.signature?.mistakes.find((mistake) => mistake.code === code)?.message,
    })),
    emulatorAnswer: shown.recorded?.emulator && {
      ...messageModel(shown.recorded.emulator),
      status: shown.recorded.emulator.status,
    },
    request: messageModel(shown.request),
    response: messageModel(shown.response),
    copies: await copiesOf(request, entry, shown, lang),
    repeatable: await repeatableModel(request, entry),
    ...(authorizationId !== undefined && neighbours(tenant.journal.entriesOf(authorizationId), entry)),
  };
}

/** The form that sends the call again, or the sentence that says why there is none. */
async function repeatableModel(request: FastifyRequest, entry: JournalEntry) {
  const state = await repeatable(request, entry);
  return state && { whole: state === 'whole' };
}

/** The calls of the same authorization before and after this one. */
function neighbours(entries: readonly JournalEntry[], entry: JournalEntry) {
  const index = entries.indexOf(entry);
  const link = (neighbour: JournalEntry | undefined) =>
    neighbour && { id: neighbour.id, operation: neighbour.operation ?? neighbour.method };
  return { previous: link(entries[index - 1]), next: link(entries[index + 1]) };
}

function messageModel({ headers, body }: Pick<PresentedEntry['request'], 'headers' | 'body'>) {
  const listed = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value: String(value) }],
  );
  return { headers: listed, body, json: jsonTree(body) };
}

function signatureInWords({ verified }: NonNullable<JournalEntry['signature']>, lang: string): string | undefined {
  const key = verified === null ? 'notTried' : verified ? 'verified' : 'wrong';
  return phrase(catalogue(lang), `call.signature.${key}`);
}

/** Returns true if a platform refuses the signature: it does not verify, or the call needs one and has none. */
function isSignatureRefused({ verified, mode }: NonNullable<JournalEntry['signature']>): boolean {
  return verified === false || (verified === null && mode === 'required');
}
