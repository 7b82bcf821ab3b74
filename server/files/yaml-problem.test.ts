import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { scratchFolder } from '../testing/emulator.js';
import { inEnglish, inLanguage } from '../texts/write-text.js';
import { readDataFile } from './read-data-file.js';
import { FileError } from './read-file.js';

const folder = scratchFolder();

describe('a mistake in YAML is told in both languages, and not in the words of the parser', () => {
  const mistakes: [yaml: string, english: string, spanish: string][] = [
    [
      'a: "b',
      'expected YAML: line 1, column 6: a string has no closing quotation mark (MISSING_CHAR)',
      'se esperaba YAML: línea 1, columna 6: a un texto le faltan las comillas finales (MISSING_CHAR)',
    ],
    [
      'a: [1, 2',
      'expected YAML: line 1, column 9: a list or an object has no closing bracket, or its lines are not indented enough (BAD_INDENT)',
      'se esperaba YAML: línea 1, columna 9: a una lista o a un objeto le falta el corchete o la llave final, o la sangría de sus líneas (BAD_INDENT)',
    ],
    [
      'a: 1\na: 2',
      'expected YAML: line 2, column 1: this name of a field is used twice (DUPLICATE_KEY)',
      'se esperaba YAML: línea 2, columna 1: este nombre de un campo aparece dos veces (DUPLICATE_KEY)',
    ],
    [
      'a:\n\t- 1',
      'expected YAML: line 2, column 1: a tab as indentation; write spaces (TAB_AS_INDENT)',
      'se esperaba YAML: línea 2, columna 1: una tabulación como sangría; escribe espacios (TAB_AS_INDENT)',
    ],
    [
      'a: @b',
      'expected YAML: line 1, column 4: a value cannot begin with this character; write it in quotes (BAD_SCALAR_START)',
      'se esperaba YAML: línea 1, columna 4: un valor no puede empezar con este carácter; escríbelo entre comillas (BAD_SCALAR_START)',
    ],
    [
      'a: *b',
      'expected YAML with the values of JSON: the alias b has no anchor before it',
      'se esperaba YAML con los valores de JSON: el alias b no tiene ningún ancla antes',
    ],
    [
      'a: &a\n  b: *a',
      'expected YAML with the values of JSON: an alias is inside the value that it stands for',
      'se esperaba YAML con los valores de JSON: un alias está dentro del valor al que representa',
    ],
    [
      `a: &a [1, 1, 1]\n${'bcdefg'.replace(/./g, (name, at: number) => `${name}: &${name} [${'*x, '.replace('x', 'abcdef'[at] ?? '').repeat(12)}]\n`)}`,
      'expected YAML with the values of JSON: the aliases make the content too large',
      'se esperaba YAML con los valores de JSON: los alias hacen que el contenido sea demasiado grande',
    ],
  ];
  for (const [yaml, english, spanish] of mistakes)
    test(english, () => {
      const path = join(folder, 'a.yaml');
      writeFileSync(path, yaml);
      assert.throws(
        () => readDataFile(path),
        (error: unknown) => {
          assert.ok(error instanceof FileError);
          assert.deepEqual([inEnglish(error.problem), inLanguage(error.problem, 'es')], [english, spanish]);
          return true;
        },
      );
    });
});
