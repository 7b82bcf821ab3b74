import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inEnglish, inLanguage } from '../texts/write-text.js';
import { formOf, formText, isSameForm } from './forms.js';

describe('the form of a string', () => {
  for (const [value, expected] of [
    ['2026-01-31T10:00:00-05:00', 'a time with the offset -05:00'],
    ['2026-01-31T10:00:00.123+0800', 'a time with the offset +0800, and with a fraction of 3 digits'],
    ['2026-01-31 10:00:00', 'a time without an offset'],
    ['1769871600000', 'milliseconds since the epoch'],
    ['1769871600', 'seconds since the epoch'],
    ['1990-12-01', 'a date as YYYY-MM-DD'],
    ['01/12/1990', 'a date as DD/MM/YYYY'],
    ['19901201', 'a date as YYYYMMDD'],
    ['138****0000', 'masked'],
    ['0f'.repeat(32), 'a hash of 64 digits in lower case'],
    ['0F'.repeat(20), 'a hash of 40 digits in capitals'],
    ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'a JWT'],
    ['https://cdn.example/a.png', 'a web address'],
    ['a@example.com', 'a mail address'],
    ['+51999000111', 'a number with +'],
    ['51999000111', 'digits'],
    ['{"a":1}', 'JSON as text'],
    ['M', 'a capital letter'],
    ['PH', 'two capital letters'],
    ['MALE', 'a word in capitals'],
    ['male', 'a word in lower case'],
    ['Ana', 'a word'],
    ['{Ana', 'a text of no special form'],
    ['', 'a text of no special form'],
  ] as const)
    test(`is recognized: ${value}`, () => {
      assert.equal(inEnglish(formText(formOf(value))), expected);
      assert.notEqual(inLanguage(formText(formOf(value)), 'es'), expected === 'a JWT' ? '' : expected);
    });
});

describe('two strings', () => {
  for (const [platform, emulator] of [
    ['2026-01-31T10:00:00.123+08:00', '2026-01-31T10:00:00+08:00'],
    ['2026-01-31T10:00:00-05:00', '2026-01-31T10:00:00+08:00'],
    ['1769871600000', '2026-01-31T10:00:00+08:00'],
    ['1769871600', '1769871600000'],
    ['01/12/1990', '1990-12-01'],
    ['138****0000', '51999000111'],
    ['+51999000111', '51999000111'],
    ['0F'.repeat(32), '0f'.repeat(32)],
    ['male', 'MALE'],
    ['Male', 'MALE'],
    ['M', 'MALE'],
    ['Philippines', 'PH'],
    ['ph', 'PH'],
    ['avatars/1.png', 'https://cdn.example/1.png'],
    ['Ana', '1990-12-01'],
  ] as const)
    test(`have another form: ${platform} and ${emulator}`, () => assert.equal(isSameForm(platform, emulator), false));

  for (const [platform, emulator] of [
    ['2020-01-01T00:00:00+08:00', '2026-01-31T10:00:00+08:00'],
    ['FEMALE', 'MALE'],
    ['ANA', 'María'],
    ['ANA', 'Juan'],
    ['juan', 'Ana María'],
    ['ana@example.com', '51999000111'],
    ['1769871600000', '216610000000'],
    ['216022000000000000', '1000001119398804001'],
    ['user_1', '1000001119398804001'],
    ['ZA', 'PH'],
  ] as const)
    test(`have the same form: ${platform} and ${emulator}`, () => assert.equal(isSameForm(platform, emulator), true));
});
