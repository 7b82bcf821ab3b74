import { test } from 'node:test';
import { type GivenDifference, learns, stays } from '../testing/learned-differences.js';

test('signatures', () => {
  const content = '{clientId}.{time}.{body}';
  learns('gcash', [{ code: 'signature-content', place: 'response', platform: content, emulator: '' }], {
    signature: { response: content },
  });
  learns('gcash', [{ code: 'signature-content', place: 'request', platform: content, emulator: '' }], {
    signature: { request: content },
  });
  learns('gcash', [{ code: 'signature-algorithm', place: 'response', platform: 'SHA256withRSA', emulator: 'RSA256' }], {
    signature: { algorithm: 'SHA256withRSA' },
  });
  learns('gcash', [{ code: 'signature-encoding', place: 'response', platform: 'plain', emulator: 'percent' }], {
    signature: { encoding: 'plain' },
  });
  stays(
    'gcash',
    { code: 'signature-encoding', place: 'response', platform: 'percent', emulator: 'plain' },
    /^the emulator answers in the encoding/,
  );
  stays(
    'gcash',
    { code: 'signature-missing', place: 'response', platform: undefined, emulator: 'RSA256' },
    /^the emulator signs every answer/,
  );
  stays(
    'gcash',
    { code: 'signature-unverified', place: 'response', platform: undefined, emulator: '' },
    /^the content that is signed is unknown/,
  );
});

test('another hash stays', () => {
  const hash: GivenDifference = { code: 'signature-algorithm', place: 'request', platform: 'SHA512', emulator: 'SHA256' };
  stays('gcash', hash, /^the emulator signs and verifies with SHA-256/);
});
