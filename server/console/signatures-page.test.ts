import assert from 'node:assert/strict';
import test from 'node:test';
import { aurora, emulatorForFile, newWorld } from '../testing/emulator.js';

const emulator = await emulatorForFile();
const path = '/v2/authorizations/applyToken';
const body = '{"grantType":"AUTHORIZATION_CODE","authCode":"0123456789abcdef"}';
const time = '2030-01-01T00:00:00Z';

async function check(text: string, lang = 'en') {
  const { tenant } = newWorld(emulator);
  return emulator.app.inject({
    method: 'POST',
    url: `/t/${tenant.name}/signatures?lang=${lang}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ text }).toString(),
  });
}

/** A request whose signature covers `content`. */
function written(content: string): string {
  const signature = newWorld(emulator).aurora.signature(path, Buffer.from(body), { time, content: () => content });
  return `POST ${path}\nClient-Id: ${aurora.clientId}\nRequest-Time: ${time}\nSignature: algorithm=RSA256, keyVersion=1, signature=${signature}\n\n${body}`;
}

const head = `POST ${path}\n${aurora.clientId}.${time}.`;

test('the doctor shows the mistake, and both contents with the first byte that differs', async () => {
  const { statusCode, payload } = await check(written(head + body.replace(':', ': ').replace(',"authCode":', ', "authCode": ')));
  assert.equal(statusCode, 200);
  assert.match(payload, /data-testid="doctor-result"[\s\S]*data-code="body-changed"/);
  assert.match(payload, new RegExp(`The first difference is byte ${`${head}{"grantType":`.length + 1}\\.`));
  assert.match(payload, /<p class="quiet">Source: \w/);
  assert.match(payload, /<mark>&quot;<\/mark>AUTHORIZATION_CODE/);
  assert.match(payload, /<mark title="space">·<\/mark>/);
  assert.match(payload, /applyToken<span class="sign" title="line feed">↵\n<\/span>/);
  assert.match(payload, /Looked for and not found[\s\S]*<li>The key is that of the client\. <span/);
});

test('a byte-order mark is seen, and so is a content that ends early', async () => {
  const { payload } = await check(written(`\ufeff${head}${body}`));
  assert.match(payload, /<mark title="byte-order mark">BOM<\/mark>POST/);
  const { payload: short } = await check(written(head));
  assert.match(short, /<mark title="end">■<\/mark>/);
});

test('the doctor speaks Spanish, and says that a signature verifies', async () => {
  const { payload } = await check(written(head + body), 'es');
  assert.match(payload, /La firma es válida/);
});

test('a text that is no request is refused in the page, which keeps it; nothing of it is markup', async () => {
  const { statusCode, payload } = await check('POST /<b>x</b>\n<img src=x>', 'es');
  assert.equal(statusCode, 400);
  assert.match(payload, /data-testid="problem"[\s\S]*la línea 2 no es una cabecera/);
  assert.match(payload, /POST \/&lt;b&gt;x&lt;\/b&gt;/);
  assert.ok(!payload.includes('<img src=x>'));
});

test('a text that is no request is told so', async () => {
  for (const text of ['hello world', 'nothing', 'one\ntwo: three']) {
    const { statusCode, payload } = await check(text);
    assert.equal(statusCode, 400, text);
    assert.match(payload, /the text is no HTTP request: paste a curl command/);
  }
});

test('a request with a shortened code is explained as far as it can be', async () => {
  const short = written(head + body).replace('0123456789abcdef', '012345…cdef');
  const { statusCode, payload } = await check(short);
  assert.equal(statusCode, 200);
  assert.match(payload, /data-code="content-unknown"[\s\S]*was shortened \(…\): if your server signed the whole one/);
  const { payload: placeholder } = await check(short.replace(/signature=.*/, 'signature=testing_signature'));
  assert.match(placeholder, /data-code="placeholder-signature"/);
  assert.doesNotMatch(placeholder, /was shortened/);
  const withoutPath = await check(short.slice(short.indexOf('\n') + 1));
  assert.deepEqual([withoutPath.statusCode, /was shortened/.test(withoutPath.payload)], [400, true]);
});

test('a button tries an example: the body was written anew after it was signed', async () => {
  const { tenant } = newWorld(emulator);
  const { payload } = await emulator.app.inject(`/t/${tenant.name}/signatures?lang=en`);
  const [, value = ''] =
    /<button [^>]*name="text" value="([^"]*)"[^>]*>Try an example with a wrong signature</.exec(payload) ?? [];
  const text = value.replaceAll('&quot;', '"').replaceAll('&#x3D;', '=');
  const { payload: result } = await check(text);
  assert.match(
    result,
    /class="verdict verdict-wrong"[\s\S]*The signature does not verify[\s\S]*data-code="body-changed"[\s\S]*<mark title="line feed">↵<\/mark>\n/,
  );
});

test('the page of a call whose signature is wrong leads to the doctor, which has the call', async () => {
  const { tenant, aurora: merchant } = newWorld(emulator);
  await merchant.call(
    path,
    { grantType: 'AUTHORIZATION_CODE', authCode: 'x' },
    { content: ({ clientId }) => `POST ${path}\n${clientId}.` },
  );
  const [entry] = tenant.journal.list();
  const { payload } = await emulator.app.inject(`/t/${tenant.name}/journal/${entry?.id}?lang=en`);
  const [, address = ''] = /<a href="([^"]*)" data-testid="open-doctor">Open in the signature doctor</.exec(payload) ?? [];
  assert.equal(address, `/t/${tenant.name}/signatures?call=${entry?.id}`);
  const { payload: doctor } = await emulator.app.inject(`${address}&lang=en`);
  assert.match(doctor, /data-testid="doctor-result"[\s\S]*The signature does not verify[\s\S]*Content to sign/);
  assert.match(doctor, new RegExp(`<textarea[^>]*>POST ${path}\n[\\s\\S]*client-id: ${aurora.clientId}`));
});

test('the doctor adds nothing to the journal', async () => {
  const { tenant } = newWorld(emulator);
  await emulator.app.inject({ method: 'GET', url: `/t/${tenant.name}/signatures` });
  await emulator.app.inject({
    method: 'POST',
    url: `/t/${tenant.name}/signatures`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ text: written(head) }).toString(),
  });
  assert.deepEqual(tenant.journal.list(), []);
});

test('the page of a call compares the contents, with codes and personal data as the journal shows them', async () => {
  const { tenant, aurora: merchant } = newWorld(emulator);
  const authCode = await newWorld(emulator).code();
  await merchant.call(
    path,
    { grantType: 'AUTHORIZATION_CODE', authCode },
    { content: ({ clientId }) => `POST ${path}\n${clientId}.` },
  );
  const [entry] = tenant.journal.list();
  assert.equal(entry?.signature?.verified, false);
  assert.ok(entry?.signature?.contentToSign?.includes(authCode));
  const { payload } = await emulator.app.inject(`/t/${tenant.name}/journal/${entry.id}?lang=en`);
  assert.match(payload, /data-testid="signature-diff"[\s\S]*Content to sign[\s\S]*grantType/);
  assert.ok(!payload.includes(authCode));
});
