import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { namedTenant, readAddress, tenantBase } from './address.js';

describe('a request target', () => {
  for (const [target, address] of [
    ['/v2/a', { path: '/v2/a', sentPath: '/v2/a', query: '' }],
    ['/v2/a?b=/t/x', { path: '/v2/a', sentPath: '/v2/a', query: '?b=/t/x' }],
    ['/v2/a#b', { path: '/v2/a', sentPath: '/v2/a', query: '#b' }],
    ['/t/x/v2/a?b', { path: '/v2/a', sentPath: '/t/x/v2/a', query: '?b', tenant: 'x' }],
    ['/t/x', { path: '/', sentPath: '/t/x', query: '', tenant: 'x' }],
    ['/t/../v2', { path: '/v2', sentPath: '/t/../v2', query: '', tenant: '..' }],
    ['/t/a%20b/v2', { path: '/t/a%20b/v2', sentPath: '/t/a%20b/v2', query: '' }],
    ['/t//v2', { path: '/t//v2', sentPath: '/t//v2', query: '' }],
    ['/T/x/v2', { path: '/T/x/v2', sentPath: '/T/x/v2', query: '' }],
    ['http://h:1/t/x/v2?b', { path: '/v2', sentPath: '/t/x/v2', query: '?b', tenant: 'x' }],
    ['https://h', { path: '/', sentPath: '/', query: '' }],
    ['https://h?a', { path: '/', sentPath: '/', query: '?a' }],
    ['*', { path: '*', sentPath: '*', query: '' }],
  ] as const) {
    test(target, () => assert.deepEqual(readAddress(target), address));
  }

  test('no text makes it throw, or lose its path', () => {
    fc.assert(
      fc.property(fc.string(), (text) =>
        assert.ok(readAddress(`/${text}`).path.startsWith('/') && readAddress(text).sentPath !== ''),
      ),
    );
  });
});

test('the header names the tenant, else the path', () => {
  const address = readAddress('/t/path/v2');
  assert.equal(namedTenant({ 'x-emulator-tenant': 'header' }, address), 'header');
  assert.equal(namedTenant({}, address), 'path');
  assert.equal(namedTenant({}, readAddress('/v2')), undefined);
  for (const name of ['', 'a b', 'x'.repeat(65), 'a/b', 'ñ'])
    assert.throws(() => namedTenant({ 'x-emulator-tenant': name }, address), /X-Emulator-Tenant.*expected a name/);
  for (const name of ['..', '.', 'x'.repeat(64), 'A-b_c.9'])
    assert.equal(namedTenant({ 'x-emulator-tenant': name }, address), name);
});

test('paths of the default tenant have no prefix', () => {
  assert.deepEqual([tenantBase('default'), tenantBase('x')], ['', '/t/x']);
});
