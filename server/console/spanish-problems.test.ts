// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readConfig } from '../emulator/config.js';
import { openEmulator } from '../emulator/emulator.js';
import { aurora, emulatorForFile, newWorld, openTestEmulator, scratchFolder, World } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';
import { inLanguage } from '../texts/write-text.js';

const emulator = await emulatorForFile();
const inSpanish = { 'accept-language': 'es', accept: 'text/html' };

/** The text of a page, as people read it. */
function read(html: string): string {
  const entities: Record<string, string> = { '&quot;': '"', '&#x27;': "'", '&#39;': "'", '&amp;': '&', '&#x3D;': '=' };
  return html.replace(/<[^>]*>/g, '').replace(/&[#\w]+;/g, (entity) => entities[entity] ?? entity);
}

describe('in Spanish, a problem has no English part', () => {
  test('the body of a call is not JSON', async () => {
    const { tenant } = newWorld(emulator);
    const page = new PageClient(emulator, tenant.name);
    for (const [body, problem] of [
      ['{"a":1,}', 'línea 1, columna 8: quita la coma que está antes de este "}"'],
      ['{"a"', 'línea 1, columna 5: el texto termina aquí; se esperaba el signo ":"'],
      ['[1] x', 'línea 1, columna 5: se esperaba el final del texto'],
    ] as const) {
      const headers = { 'content-type': 'application/json', 'client-id': aurora.clientId };
      await page.send('POST', '/v2/users/inquiryUserInfo', body, headers);
      const entry = tenant.journal.newest(() => true);
      assert.ok(entry);
      assert.equal(inLanguage(entry.reason, 'es'), `el cuerpo no es JSON: ${problem}`);
      const { text } = await page.get(`/journal/${entry.id}`, inSpanish);
      assert.ok(read(text).includes(`el cuerpo no es JSON: ${problem}`));
    }
  });

  test('a body of the control API is not JSON', async () => {
    const { tenant } = newWorld(emulator);
    const page = new PageClient(emulator, tenant.name);
    await page.send('POST', '/_emulator/tokens', '{"a" 1}', { 'content-type': 'application/json' });
    const entry = tenant.journal.newest(({ kind }) => kind === 'control');
    assert.equal(entry && inLanguage(entry.reason, 'es'), 'el cuerpo no es JSON: línea 1, columna 6: se esperaba el signo ":"');
  });

  test('a recording and a request that are pasted are not JSON', async () => {
    const page = new PageClient(emulator, newWorld(emulator).tenant.name);
    const compared = await page.post('/compare', { recording: '{"log": tru}', wallet: 'platform-v2' }, inSpanish);
    assert.ok(
      read(compared.text).includes('se esperaba un archivo HAR, que es JSON: línea 1, columna 9: se esperaba un valor'),
      read(compared.text),
    );
    const explained = await page.post('/signatures', { text: '{"log": [1 2]}' }, inSpanish);
    assert.ok(
      read(explained.text).includes('y no es JSON válido: línea 1, columna 12: se esperaba "," o "]"'),
      read(explained.text),
    );
  });

  test('the profile of a wallet has a mistake', async () => {
    const fixtures = scratchFolder();
    mkdirSync(join(fixtures, 'wallets'));
    writeFileSync(join(fixtures, 'wallets', 'broken.json'), '{ "extends": "platform-v2", }');
    writeFileSync(join(fixtures, 'wallets', 'wrong.yaml'), 'extends: platform-v2\ntitle: [1\n');
    writeFileSync(join(fixtures, 'wallets', 'field.yaml'), 'extends: platform-v2\nname: field\ncolour: red\n');
    const own = await openEmulator(readConfig({ port: 0, fixtures }, {}));
    const { default: tenant } = own.tenants;
    for (const [wallet, problem] of [
      ['broken', 'broken.json: se esperaba JSON: línea 1, columna 29: quita la coma que está antes de este "}"'],
      ['wrong', 'wrong.yaml: se esperaba YAML: línea 3, columna 1: a una lista o a un objeto le falta el corchete'],
      ['field', 'field.yaml: línea 1, columna 1: campo desconocido "colour"'],
    ] as const) {
      const { text } = await new PageClient(own, tenant.name).post('/settings', { wallet }, inSpanish);
      assert.ok(read(text).includes(problem), read(text));
    }
    await own.close();
  });

  test('the stored state of a tenant cannot be read', async () => {
    const data = scratchFolder();
    const before = await openTestEmulator({ data });
    await new World(before.url, before.tenants.get('bad')).tokens();
    await before.close();
    const folder = join(data, readdirSync(data).find((name) => name.startsWith('bad~')) as string);
    const log = join(folder, String(readdirSync(folder, { recursive: true }).find((name) => String(name).endsWith('.jsonl'))));
    for (const [line, problem] of [
      ['{}\n', `${log}:1: se esperaba una lista de cambios [kind, key, entry]`],
      ['oops\n[]\n', `${log}:1: se esperaba JSON`],
      ['[["tenant","clock",{"offset":"a"}]]\n', `${log}:1: clock: offset: se esperaba un número`],
      ['[["tenant","skin",{}]]\n', `${log}:1: skin: clave desconocida; se esperaba una que empiece con client, app`],
    ] as const) {
      writeFileSync(log, line);
      const after = await openTestEmulator({ data });
      const { text } = await new PageClient(after, 'bad').get('/', inSpanish);
      assert.ok(read(text).includes(`el tenant guardado bad no se puede usar: ${problem}`), read(text));
      await after.close();
    }
  });
});
