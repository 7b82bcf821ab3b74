import { parseTime } from '../clock/time.js';
import type { Profile } from '../profiles/profile.js';
import { type Header, headerOf } from '../recordings/exchange.js';
import { type Text, text } from '../texts/text.js';
import type { RefusedField } from './answerer.js';

const jsonMediaType = 'application/json; charset=UTF-8';

/**
 * Changes the headers of a request that a profile refuses, so that the emulator can answer it.
 * @param clientId the Client-Id of a request that has none
 * @param at the time of a request whose time cannot be read, in milliseconds since the epoch
 */
export function repairHeaders(
  sent: readonly Header[],
  { source }: Profile,
  { clientId, at }: { clientId: string; at: number },
): { headers: Header[]; refused: RefusedField[] } {
  const refused: RefusedField[] = [];
  let headers = [...sent];
  const replace = (name: string, value: string, reason: Text) => {
    refused.push({ place: `header ${name}`, reason, sent: headerOf(sent, name) });
    headers = [...headers.filter(([own]) => own.toLowerCase() !== name.toLowerCase()), [name, value]];
  };
  const has = (name: string) => (headerOf(sent, name) ?? '') !== '';
  for (const name of source.headers.required) if (!has(name)) replace(name, '1', text('header-missing', { name }));
  if (!has('Client-Id')) replace('Client-Id', clientId, text('client-id-missing'));
  const time = headerOf(sent, 'request-time') ?? '';
  if (time !== '' && parseTime(time) === undefined)
    replace('Request-Time', new Date(at).toISOString(), text('request-time-wrong', { time: time.slice(0, 40) }));
  const type = headerOf(sent, 'content-type') ?? '';
  if (!/^application\/([\w.-]+\+)?json\s*(;|,|$)/i.test(type)) {
    const problem = type === '' ? text('media-type-missing') : text('media-type-wrong', { type: type.slice(0, 80) });
    replace('Content-Type', jsonMediaType, problem);
  }
  return { headers, refused };
}
