import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientOfflineError, ReconnectStrategyError, SimpleError, SocketClosedUnexpectedlyError } from 'redis';
import { inEnglish, inLanguage } from '../../texts/write-text.js';
import { redisProblem } from './redis-problem.js';

test('an error of Redis is told in both languages', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', address: '127.0.0.1', port: 6379 });
  for (const [error, english, spanish] of [
    [new ClientOfflineError(), 'there is no connection to it', 'no hay conexión con él'],
    [new SocketClosedUnexpectedlyError(), 'it closed the connection', 'cerró la conexión'],
    [
      new SimpleError('LOADING Redis is loading'),
      'its answer is the error LOADING Redis is loading',
      'su respuesta es el error LOADING Redis is loading',
    ],
    [
      new ReconnectStrategyError(refused, refused),
      'the connection to 127.0.0.1:6379 was refused (ECONNREFUSED)',
      'se rechazó la conexión con 127.0.0.1:6379 (ECONNREFUSED)',
    ],
  ] as const) {
    const problem = redisProblem(error);
    assert.deepEqual([inEnglish(problem), inLanguage(problem, 'es')], [english, spanish]);
  }
});
