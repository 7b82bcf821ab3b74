import { byOperation } from '../comparison/by-operation.js';
import type { ComparedCall, Comparison } from '../comparison/compare.js';
import type { Difference, ResultExample } from '../comparison/difference.js';
import { differenceText } from '../comparison/difference-text.js';
import type { Exchange, ExchangeResponse } from '../recordings/exchange.js';
import { inLanguage } from '../texts/write-text.js';
import { type JsonNode, jsonTree } from './json-tree.js';

/** A longer value is cut, in characters. */
const maxValue = 2000;
/** A longer body is cut, in characters. */
const maxBody = 20_000;

/** One side of a comparison: an example, or an answer. */
type Side = { text: string } | { is: 'nothing' | 'works' | 'ended' };

/** The values of the page of a comparison. */
export function comparisonModel(recording: readonly Exchange[], { differences, calls, ignored }: Comparison, lang: string) {
  const callsByExchange = new Map(calls.map((call) => [call.exchange, call]));
  return {
    calls: calls.length,
    ignored,
    count: differences.length,
    groups: byOperation(differences).map(({ operation, differences: own }, index) => ({
      id: `operation-${index}`,
      operation,
      differences: own.map((difference) => differenceModel(difference, recording, lang)),
      answers: answersModel(recording, callsByExchange.get(own[0]?.exchanges[0] ?? -1)),
    })),
  };
}

function differenceModel(difference: Difference, recording: readonly Exchange[], lang: string) {
  const [first = 0] = difference.exchanges;
  const request = recording[first]?.request;
  return {
    code: difference.code,
    sentence: inLanguage(differenceText(difference), lang),
    platform: sideOf(difference, difference.platform),
    emulator:
      difference.code === 'request-field-refused'
        ? { text: inLanguage(difference.reason, lang) }
        : sideOf(difference, difference.emulator),
    call: first + 1,
    path: request === undefined ? '' : new URL(request.url).pathname,
    method: request?.method,
    others: difference.exchanges.length - 1,
  };
}

function sideOf({ code }: Difference, value: unknown): Side {
  if (code === 'refresh-old-pair') return { is: value === true ? 'works' : 'ended' };
  return value === undefined ? { is: 'nothing' } : { text: cut(writtenOf(value), maxValue) };
}

/** An example as people read it: a list in lines, a result as its code, status and message, anything else as JSON. */
function writtenOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join('\n');
  const { resultCode, resultStatus, resultMessage } = Object(value) as ResultExample;
  if (resultCode === undefined) return JSON.stringify(value, null, 2);
  return [[resultCode, resultStatus && `(${resultStatus})`].filter(Boolean).join(' '), resultMessage ?? ''].join('\n').trim();
}

/** Both answers to one call, whole. */
function answersModel(recording: readonly Exchange[], call: ComparedCall | undefined) {
  const response = call && recording[call.exchange]?.response;
  if (call === undefined || response === undefined) return undefined;
  return { call: call.exchange + 1, platform: answerModel(response), emulator: answerModel(call.answer) };
}

function answerModel({ status, headers, body }: ExchangeResponse): {
  status: number;
  headers: { name: string; value: string }[];
  json: JsonNode | undefined;
  body: string;
} {
  const text = cut(body.toString(), maxBody);
  return { status, headers: headers.map(([name, value]) => ({ name, value })), json: jsonTree(text), body: text };
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
