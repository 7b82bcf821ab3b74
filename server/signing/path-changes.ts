import { type Text, text } from '../texts/text.js';
import type { HeadChange } from './head-changes.js';
import type { SignatureMistake } from './mistake.js';
import type { UnverifiedCall } from './unverified-call.js';

/** The paths that are often signed by mistake. */
export function* commonPaths({ parts, target, host, hints }: UnverifiedCall): Generator<HeadChange> {
  const { path } = parts;
  const { prefixes, endings, tenantPrefix } = hints;
  yield slash(path.replace(/^\/+/, ''), text('slash-leading'));
  yield slash(`${path}/`, text('slash-at-end'));
  yield slash(`/${path}`, text('slashes-at-start'));
  if (path.length > 1 && path.endsWith('/')) yield slash(path.slice(0, -1), text('slash-missing'));

  const prefix = prefixes.find((prefix) => prefix !== '' && path.startsWith(`${prefix}/`)) ?? '';
  const rest = path.slice(prefix.length);
  if (prefix !== '') {
    yield change('path-without-prefix', text('path-signed-without-prefix', { prefix }), rest);
  }
  for (const other of prefixes) {
    if (other !== prefix && other !== '') yield mismatch(other + rest, path);
  }
  for (const ending of endings) {
    yield mismatch(path.endsWith(ending) ? path.slice(0, -ending.length) : path + ending, path);
  }
  yield mismatch(tenantPrefix + path, path);

  const query = target.indexOf('?');
  if (query >= 0) {
    const message = text('query-signed-decoded');
    yield change('query-in-path', message, path + decodedQuery(target.slice(query)));
  }
  for (const origin of [`https://${host}`, `http://${host}`, host]) {
    yield change('full-url', text('url-signed'), origin + path);
  }
}

/** The paths that are signed by mistake less often: with another host, or of another operation. */
export function* rarePaths({ parts, hints }: UnverifiedCall): Generator<HeadChange> {
  const { path } = parts;
  const inTenant = hints.tenantPrefix + path;
  for (const host of hints.hosts) {
    for (const origin of [`https://${host}`, `http://${host}`, host]) {
      for (const signed of [path, inTenant]) {
        const message = text('other-url-signed', { origin });
        yield change('foreign-host', message, origin + signed);
      }
    }
  }
  for (const other of hints.operationPaths) yield mismatch(other, path);
  const version = /\/v(\d+)\//.exec(path);
  for (const number of ['1', '2', '3']) {
    if (version !== null && version[1] !== number) yield mismatch(path.replace(version[0], `/v${number}/`), path);
  }
  yield mismatch(path.toLowerCase(), path);
}

function decodedQuery(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}

function slash(path: string, how: Text): HeadChange {
  return change('path-slash', text('slash-signed', { how }), path);
}

function mismatch(path: string, right: string): HeadChange {
  return change('path-mismatch', text('other-path-signed', { path, called: right }), path);
}

function change(code: SignatureMistake['code'], message: Text, path: string): HeadChange {
  return { mistake: { code, message }, parts: { path } };
}
