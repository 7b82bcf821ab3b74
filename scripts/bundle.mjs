// The second step of `npm run build`, after tsc. It bundles dist/bin (for Node) and dist/bridge/my.js (for browsers), and
// writes the licences and the SBOM of the packages in them.
import { rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { bundledPackages } from './bundled-packages.mjs';
import { noticesOf } from './notices.mjs';
import { sbomOf } from './sbom.mjs';

const shared = { bundle: true, metafile: true, logLevel: 'warning' };

rmSync('dist/bin', { recursive: true, force: true });

const node = await build({
  ...shared,
  entryPoints: {
    main: 'server/cli/main.ts',
    index: 'server/sdk/index.ts',
    'my/my': 'server/sdk/my/my.ts',
    'playwright/test': 'server/sdk/playwright/test.ts',
  },
  outdir: 'dist/bin',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  // Names stay as they are, because stack traces and `error.name` show them.
  minifySyntax: true,
  minifyWhitespace: true,
  // Stack traces need files and lines, not the text of the sources.
  sourcemap: true,
  sourcesContent: false,
  external: ['@playwright/test'],
  // The main file of glob is itself a bundle, which hides the packages in it from the metafile.
  alias: { glob: 'glob/raw' },
  // Bundled CommonJS packages call require() for Node's own modules.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
});

const bridge = await build({
  ...shared,
  entryPoints: ['server/bridge/my.ts'],
  outfile: 'dist/bridge/my.js',
  target: 'es2020',
  format: 'iife',
  minify: true,
});

const packages = bundledPackages([node.metafile, bridge.metafile]);
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', noticesOf(packages));
writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(sbomOf(packages), null, 2)}\n`);
