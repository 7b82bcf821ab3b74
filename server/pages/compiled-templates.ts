import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type Handlebars from 'handlebars';
import { packageRoot } from '../package-root.js';

/** The helpers of the templates. */
export const helperNames = ['breakable', 'codes', 'eq', 'picture', 'say', 'scripts', 'stylesheets'] as const;

/** The options of the compiler. A name that is no helper is a value, so it is read without looking for a helper. */
export const compileOptions: CompileOptions = {
  knownHelpers: Object.fromEntries(helperNames.map((name) => [name, true])),
  knownHelpersOnly: true,
};

const file = join(packageRoot, 'dist', 'templates.cjs');

/** The templates that `scripts/bundle-templates.mjs` has compiled, by the hash of their source. Loaded with the first page. */
let compiled: Record<string, TemplateSpecification> | undefined;

/** Makes Handlebars use the templates that the build has compiled. It compiles others itself, such as edited ones. */
export function useCompiledTemplates(handlebars: typeof Handlebars): void {
  const compile = handlebars.compile;
  handlebars.compile = (source, options) => {
    let template: HandlebarsTemplateDelegate | undefined;
    return (context, runtime) => {
      template ??= findTemplate(handlebars, source) ?? compile(source, { ...options, ...compileOptions });
      return template(context, runtime);
    };
  };
}

function findTemplate(handlebars: typeof Handlebars, source: string): HandlebarsTemplateDelegate | undefined {
  compiled ??= existsSync(file) ? (createRequire(file)(file) as typeof compiled) : {};
  const specification = compiled?.[createHash('sha256').update(source).digest('hex')];
  return specification && handlebars.template(specification);
}
