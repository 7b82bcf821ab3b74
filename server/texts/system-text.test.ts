import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { describe, test } from 'node:test';
import { textOf } from './text-error.js';
import { inEnglish, inLanguage } from './write-text.js';

/** The message of an error in English and in Spanish. */
function both(error: unknown): [string, string] {
  const text = textOf(error);
  return [inEnglish(text), inLanguage(text, 'es')];
}

const errorOf = (url: string) =>
  new Promise<unknown>((resolve) => get(url, (answer) => answer.on('error', resolve).resume()).on('error', resolve));

describe('an error of Node in both languages, with its code', () => {
  test('nothing listens at a port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    assert.deepEqual(both(await errorOf(`http://127.0.0.1:${port}`)), [
      `the connection to 127.0.0.1:${port} was refused (ECONNREFUSED)`,
      `se rechazó la conexión con 127.0.0.1:${port} (ECONNREFUSED)`,
    ]);
  });

  test('a connection is closed early', async () => {
    const server = createServer((socket) => socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    assert.deepEqual(both(await errorOf(`http://127.0.0.1:${port}`)), [
      'the connection was closed before the answer was complete (ECONNRESET)',
      'la conexión se cerró antes de completar la respuesta (ECONNRESET)',
    ]);
    server.close();
  });

  test('an answer is not HTTP', async () => {
    const server = createServer((socket) => socket.on('data', () => socket.end('SSH-2.0\r\n')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const [english, spanish] = both(await errorOf(`http://127.0.0.1:${port}`));
    assert.match(english, /^the answer is not HTTP \(HPE_\w+\)$/);
    assert.match(spanish, /^la respuesta no es HTTP \(HPE_\w+\)$/);
    server.close();
  });

  test('a host has several addresses, and none answers', () => {
    const errors = [
      { code: 'ECONNREFUSED', address: '::1', port: 9 },
      { code: 'ECONNREFUSED', address: '127.0.0.1', port: 9 },
    ];
    assert.deepEqual(both(Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED', errors })), [
      'the connection to [::1]:9, 127.0.0.1:9 was refused (ECONNREFUSED)',
      'se rechazó la conexión con [::1]:9, 127.0.0.1:9 (ECONNREFUSED)',
    ]);
  });

  test('a file', () => {
    let error: unknown;
    try {
      readFileSync(tmpdir());
    } catch (thrown) {
      error = thrown;
    }
    assert.deepEqual(both(Object.assign(error as object, { path: '/a' })), [
      '/a is a folder, not a file (EISDIR)',
      '/a es una carpeta, no un archivo (EISDIR)',
    ]);
  });

  for (const [fields, english, spanish] of [
    [
      { code: 'ENOTFOUND', hostname: 'shop.test' },
      'the name shop.test is unknown (ENOTFOUND)',
      'el nombre shop.test es desconocido (ENOTFOUND)',
    ],
    [
      { code: 'ETIMEDOUT', address: '192.0.2.1', port: 80 },
      'the connection to 192.0.2.1:80 got no answer in time (ETIMEDOUT)',
      'la conexión con 192.0.2.1:80 no tuvo respuesta a tiempo (ETIMEDOUT)',
    ],
    [{ code: 'CERT_HAS_EXPIRED' }, 'its certificate has expired (CERT_HAS_EXPIRED)', 'su certificado venció (CERT_HAS_EXPIRED)'],
    [
      { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      'this machine does not trust the authority of its certificate (DEPTH_ZERO_SELF_SIGNED_CERT)',
      'esta máquina no confía en la autoridad de su certificado (DEPTH_ZERO_SELF_SIGNED_CERT)',
    ],
    [{ code: 'CERT_REVOKED' }, 'its certificate is not valid (CERT_REVOKED)', 'su certificado no es válido (CERT_REVOKED)'],
    [{ code: 'ENOSPC' }, 'the disk is full (ENOSPC)', 'el disco está lleno (ENOSPC)'],
    [
      { code: 'EACCES' },
      'this user has no right to use the file (EACCES)',
      'este usuario no tiene derecho a usar el archivo (EACCES)',
    ],
  ] as const)
    test(fields.code, () => assert.deepEqual(both(Object.assign(new Error('in the words of Node'), fields)), [english, spanish]));

  test('another code is quoted', () => {
    for (const code of ['EOTHER', 'toString', '__proto__'])
      assert.deepEqual(both(Object.assign(new Error('other words'), { code })), ['other words', 'other words']);
    assert.deepEqual(both(Object.assign(new Error(''), { code: 'EOTHER' })), ['EOTHER', 'EOTHER']);
  });
});
