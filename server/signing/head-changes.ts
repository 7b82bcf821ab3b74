import { text } from '../texts/text.js';
import { type ContentTemplate, compileContent, type SignedParts } from './content.js';
import type { SignatureMistake } from './mistake.js';
import { closeTimes, otherTimeForms } from './time-changes.js';
import type { UnverifiedCall } from './unverified-call.js';

/** A mistake before the body: another part, or other separators between the parts. */
export interface HeadChange {
  mistake: SignatureMistake;
  parts?: Partial<SignedParts>;
  template?: ContentTemplate;
}

export function* otherMethods({ parts }: UnverifiedCall): Generator<HeadChange> {
  for (const method of ['GET', 'PUT', 'post', 'Post', 'POST']) {
    const message = text('method-signed', { signed: method, method: parts.method });
    if (method !== parts.method) yield { mistake: { code: 'wrong-method', message }, parts: { method } };
  }
}

export function* otherClientIds({ parts, hints }: UnverifiedCall): Generator<HeadChange> {
  const message = text('client-id-signed', { clientId: parts.clientId });
  for (const clientId of hints.clientIds) {
    if (clientId !== parts.clientId) yield { mistake: { code: 'client-id-mismatch', message }, parts: { clientId } };
  }
}

export function timesInOtherForms({ parts }: UnverifiedCall): HeadChange[] {
  return otherTimeForms(parts.time).map((time) => timeChange(parts, time));
}

export function timesCloseBy({ parts }: UnverifiedCall): HeadChange[] {
  return closeTimes(parts.time).map((time) => timeChange(parts, time));
}

function timeChange(parts: SignedParts, time: string): HeadChange {
  const message = text('time-signed', { time: parts.time });
  return { mistake: { code: 'time-mismatch', message }, parts: { time } };
}

export function* otherSeparators({ templateText }: UnverifiedCall): Generator<HeadChange> {
  const message = text('separator-signed', { template: JSON.stringify(templateText) });
  for (const template of separatorVariants(templateText))
    yield { mistake: { code: 'separator', message }, template: compileContent(template) };
}

/** A content template with other separators, as people write them. */
export function separatorVariants(templateText: string): string[] {
  const head = templateText.slice(0, -'{body}'.length);
  const variants = [
    head.replace('\n', ''),
    head.replace('\n', ' '),
    head.replace('\n', '\r\n'),
    head.replace('\n', '\\n'),
    head.replace('\n', '\n\n'),
    head.replace(' ', ''),
    head.replace(' ', '  '),
    head.replace(' ', '\n'),
    ...Array.from(head.matchAll(/\./g), ({ index }) => head.slice(0, index) + head.slice(index + 1)),
    head.replaceAll('.', ''),
    head.replaceAll('.', '\n'),
    head.replaceAll('.', ','),
    head.replaceAll('.', ' '),
    head.replaceAll('.', '&'),
    head.replace(/\.$/, '\n'),
    `${head} `,
    `${head}\n`,
    head.replace('\n', '.'),
    head.replace(/\{method\}./, ''),
    '',
  ];
  return [...new Set(variants)].filter((variant) => variant !== head).map((variant) => `${variant}{body}`);
}
