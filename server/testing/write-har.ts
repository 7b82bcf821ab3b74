import type { Exchange, Header } from '../recordings/exchange.js';

/** A recording as a HAR file, as a browser or a proxy writes it: bodies are text. */
export function harOf(recording: readonly Exchange[]): string {
  const entries = recording.map(({ at, durationMs, request, response }) => ({
    startedDateTime: new Date(at).toISOString(),
    time: durationMs,
    request: {
      method: request.method,
      url: request.url,
      headers: request.headers.map(namedValue),
      postData: { mimeType: 'application/json', text: request.body.toString() },
    },
    response: {
      status: response?.status ?? 0,
      headers: (response?.headers ?? []).map(namedValue),
      content: { mimeType: 'application/json', text: response?.body.toString() ?? '' },
    },
  }));
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'a browser', version: '1' }, entries } });
}

function namedValue([name, value]: Header) {
  return { name, value };
}
