import { parseTime } from '../clock/time.js';
import type { RecordedCall } from './reference-client.js';

/** A call as its client sees it, but for the values. */
export interface TranscriptLine {
  step: string;
  status: number;
  result: { resultCode: string; resultStatus: string };
  /** The answer without its result, with the shape of each value. */
  answer: unknown;
  /** Name → the shape of the value. */
  headers: Record<string, string>;
}

/**
 * Writes down what a client sees of a run. Values are replaced by their shapes: letters and digits by one of each kind, codes and
 * tokens by their length, and times by their form and by the time from the answer.
 */
export function transcriptOf(calls: readonly RecordedCall[]): TranscriptLine[] {
  return calls.map(({ step, exchange: { response } }) => {
    const headers = Object.fromEntries(response?.headers ?? []);
    const { result, ...answer } = JSON.parse(response?.body.toString() ?? '{}');
    const at = parseTime(headers['response-time'] ?? '')?.at ?? 0;
    const { resultCode, resultStatus } = result;
    return {
      step,
      status: response?.status ?? 0,
      result: { resultCode, resultStatus },
      answer: shapeOf(answer, at),
      headers: {
        'response-time': shapeOf(headers['response-time'], at) as string,
        signature: signatureShape(headers.signature ?? ''),
      },
    };
  });
}

function shapeOf(value: unknown, at: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shapeOf(item, at));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, item]) => [key, shapeOf(item, at)]),
    );
  return typeof value === 'string' ? textShape(value, at) : value;
}

function textShape(value: string, at: number): string {
  const time = parseTime(value);
  if (time !== undefined) return `${plainShape(value)} ${Math.round((time.at - at) / 1000)} s later`;
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value) ? 'a JWT' : plainShape(value);
}

function plainShape(value: string): string {
  return value
    .replace(/[A-Za-z0-9]{20,}/g, ({ length }) => `<${length}>`)
    .replace(/[a-z](?![^<]*>)/g, 'a')
    .replace(/[A-Z](?![^<]*>)/g, 'A')
    .replace(/[0-9](?![^<]*>)/g, '0');
}

/** The encoding shows in the characters after the Base64 letters. */
function signatureShape(header: string): string {
  const value = /signature=(.*)$/.exec(header)?.[1] ?? '';
  const encoding = value.includes('%') ? 'percent' : value.endsWith('=') ? 'plain' : 'base64url';
  return header.replace(value, encoding);
}
