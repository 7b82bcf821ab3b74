import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ExplainedRequest, explainRequests } from '../http/explain-request.js';
import type { JournalEntry } from '../journal/entry.js';
import { presentEntry } from '../journal/present.js';
import { findingInWords } from '../pages/finding-text.js';
import { sendPage } from '../pages/render.js';
import { readRequests } from '../requests/read-requests.js';
import type { Tenant } from '../tenants/tenant.js';
import { TextError } from '../texts/text-error.js';
import { inLanguage } from '../texts/write-text.js';
import { formOf } from './after-action.js';
import { consoleModel } from './console-model.js';
import { demoClientId, hasDemoKey, merchantHeaders } from './demo/merchant.js';
import { signatureView } from './signature-view.js';

const page = '/signatures';
/** A HAR file may be long. */
const maxTextBytes = 8 * 2 ** 20;

/** The signature doctor: a person pastes a request, and reads why its signature does not verify. Nothing changes. */
export async function signaturesPage(app: FastifyInstance, { showSecrets }: { showSecrets: boolean }): Promise<void> {
  app.get(page, async (request, reply) => {
    const model = consoleModel(request);
    const entry = request.tenant.journal.get(String((request.query as { call?: unknown }).call));
    const call = entry && callModel(request, entry, model.lang, showSecrets);
    return sendPage(reply, 'signatures', { ...model, ...call, example: await wrongExample(request.tenant) });
  });
  app.post(page, { bodyLimit: maxTextBytes, config: { reads: true } }, (request, reply) => sendResult(request, reply));
}

async function sendResult(request: FastifyRequest, reply: FastifyReply): Promise<string> {
  const model = consoleModel(request);
  const { text: typed } = formOf(request);
  const written = typeof typed === 'string' ? typed : '';
  const example = await wrongExample(request.tenant);
  const shown = { ...model, written, example, header: { ...model.header, back: request.prefix + page } };
  try {
    const explained = await explainRequests(request.tenant, readRequests(written), request.host);
    return await sendPage(reply, 'signatures', { ...shown, result: resultModel(request, explained, model.lang) });
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    return sendPage(reply.status(400), 'signatures', { ...shown, problem: inLanguage(error.text, model.lang) });
  }
}

function resultModel({ tenant }: FastifyRequest, explained: ExplainedRequest, lang: string) {
  const { method, path, clientId, verified, mistakes, comparison } = explained;
  const { contentToSign, signedContent, ...rest } = comparison;
  return {
    method,
    path,
    clientId,
    client: tenant.clients.get(clientId)?.name,
    verified,
    mistakes: mistakes.map(({ code, message }) => ({ ...findingInWords(code, lang), inThisCall: inLanguage(message, lang) })),
    comparison: signatureView(
      { ...rest, contentToSign: contentToSign.toString(), signedContent: (verified ? contentToSign : signedContent)?.toString() },
      lang,
    ),
  };
}

/** A call of the journal as a request, and what the journal knows about its signature. Codes and tokens are as the journal shows them. */
function callModel({ tenant }: FastifyRequest, entry: JournalEntry, lang: string, showSecrets: boolean) {
  const { method, path, clientId = '', request, signature } = presentEntry(entry, tenant, showSecrets, lang);
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\n`);
  return {
    written: `${method} ${path}\n${headers.join('')}\n${request.body}`,
    ...(signature && {
      result: {
        method,
        path,
        clientId,
        client: tenant.clients.get(clientId)?.name,
        verified: signature.verified === true,
        mistakes: signature.mistakes.map(({ code, message }) => ({ ...findingInWords(code, lang), inThisCall: message })),
        comparison: signatureView(signature, lang),
      },
    }),
  };
}

/**
 * A request of the demo merchant with a common mistake: the JSON of the body was written anew after it was signed.
 * @returns undefined if the client does not have the demo key, or if the wallet has no exchange of authCodes
 */
async function wrongExample({ profile, clients, clock }: Tenant): Promise<string | undefined> {
  const path = [...profile.operations.values()].find(({ verb }) => verb === 'exchange')?.paths[0];
  if (path === undefined || !(await hasDemoKey(clients.get(demoClientId)?.publicKey))) return undefined;
  const fields = { grantType: 'AUTHORIZATION_CODE', authCode: 'an-example' };
  const signed = { method: 'POST', clientId: demoClientId, path, body: JSON.stringify(fields), now: clock.now(), signs: true };
  const headers = Object.entries(await merchantHeaders(profile, signed)).map(([name, value]) => `${name}: ${value}\n`);
  return `POST ${path}\n${headers.join('')}\n${JSON.stringify(fields, null, 2)}`;
}
