import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, users } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';
import { Tester } from '../testing/tester.js';
import { claimsInWords, dayInWords } from './claims-text.js';

const entry = (label: string | null, text: string) => ({ label, text, picture: false });
const inSpanish = (claims: object) => claimsInWords({ ...claims }, 'es');
const inEnglish = (claims: object) => claimsInWords({ ...claims }, 'en');

describe('claims in words', () => {
  test('a name is its full name alone, if it has one', () => {
    const userName = { fullName: 'Lucía Inés Ortuño', firstName: 'Lucía', secondName: 'Inés', lastName: 'Ortuño' };
    assert.deepEqual(inSpanish({ userName }), [entry('Nombre completo', 'Lucía Inés Ortuño')]);
    const { fullName: _, ...parts } = userName;
    assert.deepEqual(
      inEnglish({ userName: { lastName: parts.lastName, secondName: parts.secondName, firstName: parts.firstName } }),
      [entry('Full name', 'Lucía Inés Ortuño')],
    );
  });

  test('a part of a name that another field has is left out', () => {
    const fullName = 'Ximena Itzel Robledo Tzintzun';
    assert.deepEqual(inSpanish({ fullName, lastName: 'Ximena Itzel' }), [entry('Nombre completo', fullName)]);
    assert.deepEqual(inSpanish({ lastName: 'Ximena Itzel' }), [entry(null, 'Ximena Itzel')]);
    assert.equal(inSpanish({ fullName, lastName: 'Ximen' }).length, 2, 'parts are whole words');
    assert.equal(inSpanish({ fullName, nickName: 'Ximena' }).length, 2, 'a nickname is a fact of its own');
  });

  test('a contact that a login id has too is left out', () => {
    const loginIdInfos = [{ loginIdType: 'EMAIL', loginId: 'vula@example.com', maskLoginId: 'v***@example.com' }];
    const contactInfos = [
      { contactType: 'EMAIL', contactNo: 'vula@example.com' },
      { contactType: 'EMAIL', contactNo: 'other@example.com' },
    ];
    assert.deepEqual(inSpanish({ loginIdInfos, contactInfos }), [
      entry('Correo', 'vula@example.com · v***@example.com'),
      entry('Correo', 'other@example.com'),
    ]);
  });

  test('gender, country and date are in the chosen language', () => {
    const claims = { gender: 'FEMALE', nationality: 'MX', birthday: '1991-04-23' };
    assert.deepEqual(inSpanish(claims), [
      entry('Género', 'Mujer'),
      entry('Nacionalidad', 'México'),
      entry('Fecha de nacimiento', '23 de abril de 1991'),
    ]);
    assert.deepEqual(
      inEnglish({ ...claims, gender: 'F', birthday: String(Date.UTC(1991, 3, 23)) }).map(({ text }) => text),
      ['Female', 'Mexico', 'April 23, 1991'],
    );
  });

  test('a country is in the chosen language, also if the wallet sends its English name', () => {
    for (const nationality of ['ZA', 'South Africa']) {
      assert.deepEqual(inSpanish({ nationality }), [entry('Nacionalidad', 'Sudáfrica')]);
      assert.equal(inEnglish({ nationality })[0]?.text, 'South Africa');
    }
  });

  test('a fact that two fields give is listed once', () => {
    assert.deepEqual(inSpanish({ birthday: '1991-04-23', birthDate: '1991-04-23' }), [
      entry('Fecha de nacimiento', '23 de abril de 1991'),
    ]);
  });

  test('a value without a translation stays as it is', () => {
    assert.deepEqual(inSpanish({ shoeSize: 41, gender: 'TWO', nationality: 'Utopia', birthday: 'spring' }), [
      entry(null, '41'),
      entry('Género', 'TWO'),
      entry('Nacionalidad', 'Utopia'),
      entry('Fecha de nacimiento', 'spring'),
    ]);
    assert.deepEqual(inSpanish({ constructor: 'a', toString: 'b', gender: '__proto__' }), [
      entry(null, 'a'),
      entry(null, 'b'),
      entry('Género', '__proto__'),
    ]);
  });

  test('each contact and login id is an entry, labelled by its type', () => {
    const extendInfo = '{"verified":true}';
    const contactInfos = [
      { contactType: 'MOBILE_PHONE', contactNo: '+525501427390', extendInfo },
      { contactType: 'EMAIL', contactNo: 'luci@example.com' },
      { contactType: 'PIGEON', contactNo: 'roof' },
    ];
    assert.deepEqual(inSpanish({ contactInfos }), [
      entry('Celular', '+525501427390'),
      entry('Correo', 'luci@example.com'),
      entry('Contacto', 'roof'),
    ]);
    const masked = { loginId: '5****0', loginIdType: 'MOBILE_PHONE', maskLoginId: '5****0', extendInfo };
    assert.deepEqual(inEnglish({ loginIdInfos: [masked, { hashLoginId: 'ab12' }] }), [
      entry('Mobile', '5****0'),
      entry('Fingerprint', 'ab12'),
    ]);
  });

  test('an address is one line', () => {
    const home = {
      addressType: 'HOME',
      region: 'MX',
      state: 'Ciudad de México',
      city: 'Cuauhtémoc',
      address1: 'Jacarandas 128',
      zipCode: '06700',
      contactName: 'Lucía Ortuño',
      door: 'azul',
    };
    assert.deepEqual(inSpanish({ addresses: [home, { ...home, addressType: 'IGLOO' }] }), [
      entry('Dirección (casa)', 'Lucía Ortuño, Jacarandas 128, 06700, Cuauhtémoc, Ciudad de México, México, azul'),
      entry('Dirección', 'Lucía Ortuño, Jacarandas 128, 06700, Cuauhtémoc, Ciudad de México, México, azul'),
    ]);
    assert.match(inEnglish({ address: home })[0]?.label ?? '', /^Address \(home\)$/);
  });

  test('a picture is shown only if its value is an address', () => {
    const avatar = 'http://127.0.0.1:4010/wallet/files/avatars/lucia.png';
    assert.deepEqual(inSpanish({ avatar }), [{ label: 'Foto', text: avatar, picture: true }]);
    assert.equal(inSpanish({ avatar: 'javascript:alert(1)' })[0]?.picture, false);
    assert.equal(inSpanish({ nickName: avatar })[0]?.picture, false);
  });

  test('fields for programs are left out', () => {
    assert.deepEqual(
      inSpanish({ userId: '1', extendInfo: '{}', documentType: 'CEDULA', nothing: null, empty: [], blank: {} }),
      [],
    );
  });

  test('a day does not change with the time zone', () => {
    assert.equal(dayInWords('2014-05-17', 'en'), 'May 17, 2014');
    assert.equal(dayInWords('0', 'en'), 'January 1, 1970');
  });
});

const emulator = await emulatorForFile();

test('the consent screen shows each fact with its label, in either language', async () => {
  const pageClient = new PageClient(emulator, 'words');
  const sheet = await pageClient.sheet(['auth_user']);
  const facts = async (lang: string) => {
    const [, list = ''] = /<ul class="facts">([\s\S]*?)<\/ul>/.exec((await pageClient.get(`${sheet}&lang=${lang}`)).text) ?? [];
    return list.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  };
  const spanish = await facts('es');
  assert.match(spanish, /Apodo Luci .*Género Mujer .*Nacionalidad México .*Celular \+525501427390/);
  assert.match(
    await facts('en'),
    /Nickname Luci .*Gender Female .*Date of birth April 23, 1991 .*Address \(home\) Lucía Ortuño, /,
  );
  assert.doesNotMatch(spanish, new RegExp(`MOBILE_PHONE|FEMALE|verified|${users.lucia}`));
  assert.match((await pageClient.get(sheet)).text, /<img class="fact-picture" src="[^"]*\/avatars\/lucia\.png" alt="[^"]+"/);
});

test('every built-in user can be shown', async () => {
  const pageClient = new PageClient(emulator, 'all-words');
  const control = new Tester(emulator, 'all-words');
  for (const { userId } of (await control.get('/users')).body.users) {
    await control.patch(`/users/${userId}`, { behaviour: null });
    await control.put('/settings', { user: userId });
    const page = await pageClient.get(await pageClient.sheet(['auth_user', 'PLAINTEXT_USER_LOGIN_ID', 'HASH_LOGIN_ID']));
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /\[object|undefined|NaN/);
  }
});
