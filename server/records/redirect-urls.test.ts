import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allowsRedirect, defaultRedirect, isRedirectUrl, isRedirectUrlEntry } from './redirect-urls.js';

describe('redirectUrls', () => {
  const check = (entries: string[] | undefined, allowed: string[], refused: string[]) => {
    for (const url of allowed) assert.ok(allowsRedirect(entries, url), `${entries} allows ${url}`);
    for (const url of refused) assert.ok(!allowsRedirect(entries, url), `${entries} refuses ${url}`);
  };

  test('without a list, any address is allowed', () => {
    check(undefined, ['https://shop.example/', 'https://www.taobao.com/?param1=567&param2=123', 'shop://paid'], []);
  });

  test('an empty list allows nothing', () => check([], [], ['https://shop.example/']));

  test('an address allows itself, however it is written', () => {
    check(
      ['https://www.Shop.example', 'http://localhost:3000/callback'],
      ['https://www.shop.example/', 'https://www.shop.example:443', 'http://localhost:3000/callback'],
      [
        'http://www.shop.example/',
        'http://localhost:3000/callback/',
        'http://localhost:3000/callbacks',
        'http://localhost/callback',
      ],
    );
  });

  test('a query is compared only if the entry has one', () => {
    check(['https://shop.example/back'], ['https://shop.example/back?a=1', 'https://shop.example/back?a=1#top'], []);
    check(
      ['https://shop.example/back?a=1'],
      ['https://shop.example/back?a=1'],
      ['https://shop.example/back', 'https://shop.example/back?a=2', 'https://shop.example/back?a=1&b=2'],
    );
  });

  test('an entry that ends in * is a prefix', () => {
    check(
      ['http://localhost:3000/*'],
      ['http://localhost:3000', 'http://localhost:3000/', 'http://localhost:3000/a/b?c=d'],
      ['http://localhost:3001/', 'https://localhost:3000/', 'http://localhost.example:3000/'],
    );
    check(['https://Shop.example/a/*'], ['https://shop.example/a/b'], ['https://shop.example/a/../b', 'https://shop.example/a']);
    check(['http://localhost:*'], ['http://localhost:3000/', 'http://localhost:8080/x'], ['http://127.0.0.1:3000/']);
    check(
      ['https://shop.example/a?b=*'],
      ['https://shop.example/a?b=1'],
      ['https://shop.example/a', 'https://shop.example/a?c=1'],
    );
    check(['shop://*'], ['shop://paid'], ['https://shop.example/']);
  });

  test('the default is the first address that is not a prefix', () => {
    assert.equal(defaultRedirect(['http://localhost:3000/*', 'http://localhost:3000/a']), 'http://localhost:3000/a');
    for (const none of [undefined, [], ['http://localhost:3000/*']]) assert.equal(defaultRedirect(none), undefined);
  });
});

test('an address must be absolute, and must not run a script', () => {
  for (const url of ['https://shop.example', 'shop://paid', 'com.shop.app:/back']) {
    assert.ok(isRedirectUrl(url), url);
    assert.ok(isRedirectUrlEntry(url), url);
  }
  for (const url of [
    '',
    '/back',
    'shop.example',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc',
  ]) {
    assert.ok(!isRedirectUrl(url), url);
    assert.ok(!isRedirectUrlEntry(url), url);
    assert.ok(!isRedirectUrlEntry(`${url}*`), `${url}*`);
  }
  for (const entry of ['*', 'https://*.shop.example/', 'https://shop.example/*/back', 'https://shop.example/**'])
    assert.ok(!isRedirectUrlEntry(entry), entry);
});
