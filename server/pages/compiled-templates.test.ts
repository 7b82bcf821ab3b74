import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import Handlebars from 'handlebars';
import { packageRoot } from '../package-root.js';
import { helperNames, useCompiledTemplates } from './compiled-templates.js';

const views = join(packageRoot, 'views');

test('the build has compiled every template, so that the first page of an emulator does not wait for it', () => {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(Object.fromEntries(helperNames.map((name) => [name, () => ''])));
  let compiles = '';
  handlebars.compile = (source) => {
    compiles += source;
    return () => '';
  };
  useCompiledTemplates(handlebars);
  const files = readdirSync(views, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'));
  assert.ok(files.length > 30);
  for (const file of files) {
    const template = handlebars.compile(readFileSync(join(views, file), 'utf8'));
    try {
      template({});
    } catch {
      // A page without its values and partials cannot be rendered.
    }
  }
  assert.equal(compiles, '');
});

test('a template that the build has not seen, such as an edited one, is compiled when it is used', () => {
  const handlebars = Handlebars.create();
  useCompiledTemplates(handlebars);
  assert.equal(handlebars.compile('Hola, {{name}}')({ name: 'Lucía' }), 'Hola, Lucía');
  assert.throws(() => handlebars.compile('{{equal name "Lucía"}}')({}), /unknown helper equal/);
});
