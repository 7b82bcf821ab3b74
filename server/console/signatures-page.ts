import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ExplainedRequest, explainRequests } from '../http/explain-request.js';
import { findingInWords } from '../pages/finding-text.js';
import { sendPage } from '../pages/render.js';
import { readRequests } from '../requests/read-requests.js';
import { TextError } from '../texts/text-error.js';
import { inLanguage } from '../texts/write-text.js';
import { formOf } from './after-action.js';
import { consoleModel } from './console-model.js';
import { signatureView } from './signature-view.js';

const page = '/signatures';
/** A HAR file may be long. */
const maxTextBytes = 8 * 2 ** 20;

/** The signature doctor: a person pastes a request, and reads why its signature does not verify. Nothing changes. */
export async function signaturesPage(app: FastifyInstance): Promise<void> {
  app.get(page, async (request, reply) => sendPage(reply, 'signatures', consoleModel(request)));
  app.post(page, { bodyLimit: maxTextBytes, config: { reads: true } }, (request, reply) => sendResult(request, reply));
}

async function sendResult(request: FastifyRequest, reply: FastifyReply): Promise<string> {
  const model = consoleModel(request);
  const { text: typed } = formOf(request);
  const written = typeof typed === 'string' ? typed : '';
  const shown = { ...model, written, header: { ...model.header, back: request.prefix + page } };
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
