import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { english } from '../../texts/english/english.js';
import { spanish } from '../../texts/spanish/spanish.js';
import type { TextCode } from '../../texts/text.js';
import { cellsOf, readable, sectionsOf } from './document-sections.js';
import { findDocument, listDocuments } from './documents.js';
import { createMessageSearch } from './search-messages.js';

const search = createMessageSearch({ en: listDocuments('en'), es: listDocuments('es') });
const texts: Readonly<Record<string, Readonly<Record<TextCode, string>>>> = { en: english, es: spanish };
const find = (pasted: string, lang = 'en') => search(pasted, lang).map(({ id }) => id);

/** The codes of the messages in the guide, by the table that has them. */
const codes = Array.from(findDocument('messages', 'en')?.text.matchAll(/^\| <a id="([\w-]+)">/gm) ?? [], ([, id]) => id).filter(
  (id): id is TextCode => Object.hasOwn(english, id ?? ''),
);

/** A message as a log has it: with values, and with other text around it. */
function logged(template: string): string {
  const message = template.replace(/\{(\w+)\}/g, (_, name: string) => `${name}-281010${name.length}`);
  return `2026-11-27T10:00:00.000Z WARN merchant-backend: ${message} (traceId 4bf92f3577b34da6)`;
}

for (const pastedLanguage of ['en', 'es'])
  for (const lang of ['en', 'es'])
    test(`each message that is pasted in ${pastedLanguage} is among the first three that are found in ${lang}`, () => {
      assert.ok(codes.length > 250, String(codes.length));
      const lost = codes.filter(
        (code) =>
          !find(logged(texts[pastedLanguage]?.[code] ?? ''), lang)
            .slice(0, 3)
            .includes(code),
      );
      assert.deepEqual(lost, []);
    });

for (const lang of ['en', 'es'])
  test(`a half of a message leads to it in ${lang}, unless most of the half is values or other messages have it too`, () => {
    // A third of the messages, because a search takes time.
    const sample = codes.filter((_, index) => index % 3 === 0);
    const halves = sample.flatMap((code) => {
      const words = (texts[lang]?.[code] ?? '').replace(/\{(\w+)\}/g, '$1-281010').split(' ');
      const half = Math.ceil(words.length / 2);
      const starts = [0, Math.floor(half / 2), half];
      return words.length < 8 ? [] : starts.map((start) => ({ code, piece: words.slice(start, start + half).join(' ') }));
    });
    const found = halves.filter(({ code, piece }) => find(piece, lang).slice(0, 3).includes(code));
    assert.ok(found.length / halves.length > 0.87, `${found.length} of ${halves.length}`);
  });

test('each printed message, which has no code, is among the first three that are found in both languages', () => {
  const document = findDocument('messages', 'en');
  assert.ok(document);
  const rows = sectionsOf(document).filter(
    ({ id, isRow, lines }) => isRow && !codes.some((code) => code === id) && lines.length === 1,
  );
  assert.ok(rows.length > 100, String(rows.length));
  for (const lang of ['en', 'es'])
    for (const { id, lines } of rows) {
      const [message = ''] = lines.flatMap(cellsOf);
      const text = readable(message).reduce((all, part) => all + part.text, '');
      assert.ok(
        find(logged(text.replaceAll('…', ' 281010 ')), lang)
          .slice(0, 3)
          .includes(id ?? ''),
        `${lang}: ${text}`,
      );
    }
});

describe('a pasted text', () => {
  test('leads to its message first, with the values of a real call', () => {
    const first = (pasted: string) => find(pasted)[0];
    assert.equal(first('the header Content-Type is text/plain: expected application/json; charset=UTF-8'), 'media-type-wrong');
    assert.equal(first('redirectUrl is too long: at most 2000 characters, and it has 2049'), 'too-long');
    assert.equal(
      first('appId: the mini program 2170020247580210 belongs to the client c1, not to c2, which has: a1'),
      'app-of-other-client',
    );
    assert.equal(first('users[0].gender: unknown field "gendr"; allowed: gender, nickName, userId'), 'field-unknown');
    assert.equal(
      first(
        '--port 4010: the port is in use: another program, perhaps another billetera, listens on 127.0.0.1:4010; stop it, or use another port; 0 takes a free one',
      ),
      'the-port-is-in-use-another-program-perhaps-another-billetera',
    );
    assert.equal(first('la firma está entre comillas: envía el valor sin comillas'), 'signature-in-quotes');
  });

  test('can be a whole answer, or have another message inside', () => {
    const message = 'the signature does not verify: the path was signed without its prefix /api/open: sign the whole path';
    const answer = { result: { resultCode: 'INVALID_SIGNATURE', resultStatus: 'F', resultMessage: message } };
    assert.equal(find(JSON.stringify(answer))[0], 'path-signed-without-prefix');
    assert.deepEqual(find('no authCode was issued: the user closed the consent screen, so nothing was granted').slice(0, 2), [
      'screen-closed',
      'no-code-issued',
    ]);
  });

  test('can be a piece with a value', () => {
    for (const lang of ['en', 'es']) assert.equal(find('has no JSAPI getAuthCode', lang)[0], 'jsapi-absent');
    assert.equal(find('no tiene la JSAPI getAuthCode')[0], 'jsapi-absent');
  });

  test('can lack its end, or be in capitals', () => {
    assert.deepEqual(find('the authCode expired at 2026-01-01T00:00:00Z…').sort(), ['code-expired', 'code-expired-issued']);
    assert.equal(find('THE HEADER REQUEST-TIME IS MISSING')[0], 'request-time-missing');
  });

  test('leads to the message as the program prints it, with each backslash', () => {
    const [found] = search(english['json-escape-unknown'], 'en');
    assert.equal(found?.message.map(({ text }) => text).join(''), english['json-escape-unknown']);
  });

  test('can be the title of a finding, with its explanation in the reader’s language', () => {
    const [found] = search('authCode used twice', 'es');
    assert.deepEqual([found?.id, found?.lang], ['finding-auth-code-reused', 'es']);
    assert.match(found?.cause.map(({ text }) => text).join('') ?? '', /Un authCode se intercambió de nuevo/);
  });

  test('can be the error of a library that does not reach the emulator, does not trust it, or has no browser', () => {
    for (const [pasted, id] of [
      ['TypeError: fetch failed', 'emulator-unreachable'],
      ['Error: connect ECONNREFUSED ::1:4010 at TCPConnectWrap.afterConnect [as oncomplete]', 'emulator-unreachable'],
      ["curl: (7) Failed to connect to 127.0.0.1 port 4010 after 0 ms: Couldn't connect to server", 'emulator-unreachable'],
      ['<urlopen error [Errno 111] Connection refused>', 'emulator-unreachable'],
      ["requests.exceptions.ConnectionError: HTTPConnectionPool(host='127.0.0.1', port=4010)", 'emulator-unreachable'],
      ['GET http://127.0.0.1:4010/my.js net::ERR_CONNECTION_REFUSED', 'my-not-defined'],
      ['Uncaught ReferenceError: my is not defined', 'my-not-defined'],
      ["Access to fetch at 'http://127.0.0.1:4010/v2/x' has been blocked by CORS policy: No header", 'cors'],
      ['curl: (60) SSL certificate problem: self-signed certificate', 'certificate-not-trusted'],
      ["browserType.launch: Executable doesn't exist", 'no-browser'],
      ["Error: browserType.launch: Executable doesn't exist at /root/.cache/ms-playwright/chromium-1/chrome", 'no-browser'],
      ['║ Looks like Playwright was just installed or updated.       ║', 'no-browser'],
    ])
      for (const lang of ['en', 'es']) assert.equal(find(pasted ?? '', lang)[0], id, `${lang}: ${pasted}`);
  });

  test('of a few general words finds no message', () => {
    const searches = ['compose', 'expired', 'how to sign in python', 'tests with playwright', 'set the clock', ''];
    const longer = ['how to log in another user', 'refresh token of another client', 'what is the port of the emulator'];
    for (const words of [...searches, ...longer, 'write a test with cypress and a container', 'cómo firmar una llamada en java'])
      assert.deepEqual(find(words), [], words);
  });
});
