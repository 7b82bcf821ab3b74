import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish, inLanguage } from '../texts/write-text.js';
import { patternProblem } from './pattern-problem.js';

test('a mistake in a regular expression is told in both languages, and not in the words of V8', () => {
  const told = (pattern: string) => {
    try {
      new RegExp(pattern, 'u');
      return [];
    } catch (error) {
      const problem = patternProblem(error as Error);
      return [inEnglish(problem), inLanguage(problem, 'es')];
    }
  };
  for (const [patterns, english, spanish] of [
    [['(a', 'escape: (a'], 'a group "(" is not closed', 'un grupo "(" no se cierra'],
    [['[a'], 'a list of characters "[" is not closed', 'una lista de caracteres "[" no se cierra'],
    [
      ['a)', 'a]', 'a}', 'a{1'],
      'a bracket has no partner; write a backslash before it',
      'un paréntesis, corchete o llave no tiene pareja; escribe antes una barra invertida',
    ],
    [['*a'], 'nothing stands before *, +, ? or a number in braces', 'no hay nada antes de *, +, ? o un número entre llaves'],
    [['a{2,1}', '[b-a]'], 'a range has its greater end first', 'un intervalo tiene primero su extremo mayor'],
    [
      ['(?<', '(?<a>)(?<a>)', '(?<b>)\\k<a>'],
      'the name of a group is wrong, unknown or used twice',
      'el nombre de un grupo es incorrecto, desconocido o aparece dos veces',
    ],
    [
      ['\\', '\\q', '\\p{Foo}'],
      'a backslash is at the end, or before a character that needs none',
      'una barra invertida está al final, o antes de un carácter que no la necesita',
    ],
    [['(?a)'], 'its syntax is wrong', 'su sintaxis es incorrecta'],
  ] as const)
    for (const pattern of patterns) assert.deepEqual(told(pattern), [english, spanish], pattern);
});
