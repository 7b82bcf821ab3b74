// The second step of `npm run build`, after tsc. It bundles dist/bin (for Node), dist/bridge/my.js (for browsers), dist/assets (the
// styles and scripts of pages) and dist/templates.cjs (the pages), writes the types for CommonJS, writes the licences and the SBOM of the
// packages in the bundles, and writes all documents into llms-full.txt.
import { rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { llmsFull } from '../dist/console/docs/llms-text.js';
import { bundleAssets } from './bundle-assets.mjs';
import { bundleForNode } from './bundle-for-node.mjs';
import { bundleTemplates } from './bundle-templates.mjs';
import { bundledPackages } from './bundled-packages.mjs';
import { writeCommonJsTypes } from './commonjs-types.mjs';
import { noticesOf } from './notices.mjs';
import { sbomOf } from './sbom.mjs';

rmSync('dist/bin', { recursive: true, force: true });
const node = await bundleForNode('dist/bin', {
  main: 'server/cli/main.ts',
  index: 'server/sdk/index.ts',
  'my/my': 'server/sdk/my/my.ts',
  'playwright/test': 'server/sdk/playwright/test.ts',
});
writeCommonJsTypes(['dist/sdk/index.d.ts', 'dist/sdk/my/my.d.ts', 'dist/sdk/playwright/test.d.ts']);

const bridge = await build({
  bundle: true,
  metafile: true,
  logLevel: 'warning',
  entryPoints: ['server/bridge/my.ts'],
  outfile: 'dist/bridge/my.js',
  target: 'es2020',
  format: 'iife',
  minify: true,
});

await bundleAssets('dist/assets');
await bundleTemplates('dist/templates.cjs');

const packages = bundledPackages([node, bridge.metafile]);
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', noticesOf(packages));
writeFileSync('dist/sbom.cdx.json', `${JSON.stringify(sbomOf(packages), null, 2)}\n`);

writeFileSync('llms-full.txt', llmsFull());
