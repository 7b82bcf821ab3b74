import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { literalTexts, printedMessages } from './printed-messages.mjs';

/** Area of docs/guides/messages → the files and folders whose messages it explains. The longest path that fits a file counts. */
const areas = {
  'command-line': ['server/cli'],
  start: [
    'scripts/installation.mjs',
    'setup.mjs',
    'server/emulator',
    'server/http',
    'server/package-root.ts',
    'server/signing/platform-key.ts',
    'server/store',
    'server/files',
    'server/recorder',
    'server/records',
    'server/tenants/evictions.ts',
  ],
  sdk: [
    'server/console',
    'server/control',
    'server/emulator/create-server.ts',
    'server/gateway',
    'server/http/send-request.ts',
    'server/sdk',
    'server/wallet',
  ],
  my: ['server/bridge', 'server/sdk/my', 'server/wallet/my-script.ts', 'views/assets'],
};

const printedAreas = Object.keys(areas);

/**
 * @param {string} root of the repository
 * @returns {Record<string, string[]>} area → its messages; the area `none` has those of files that no area names
 */
export function messagesByArea(root) {
  const found = { ...Object.fromEntries(printedAreas.map((area) => [area, new Set()])), none: new Set() };
  const files = ['server', 'views/assets'].flatMap((folder) => sourceFiles(root, folder));
  for (const file of [...files, 'scripts/installation.mjs', 'setup.mjs']) {
    const syntax = file.endsWith('.ts') ? 'typescript' : 'ecmascript';
    const area = areaOf(file);
    for (const message of printedMessages(readFileSync(join(root, file), 'utf8'), syntax))
      found[area].add(area === 'none' ? `${file}: ${message}` : message);
  }
  for (const message of commanderMessages(root)) found['command-line'].add(message);
  return Object.fromEntries(Object.entries(found).map(([area, messages]) => [area, [...messages].sort()]));
}

function sourceFiles(root, folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.(ts|js)$/.test(file) && !/\.(test|d)\.ts$|\/testing\//.test(file));
}

function areaOf(file) {
  const paths = Object.entries(areas).flatMap(([area, paths]) => paths.map((path) => ({ area, path })));
  const fitting = paths.filter(({ path }) => file === path || file.startsWith(`${path}/`));
  return fitting.sort((one, other) => other.path.length - one.path.length)[0]?.area ?? 'none';
}

/** The messages of the library that reads the command line. `billetera: ` replaces its `error: `. */
function commanderMessages(root) {
  const source = readFileSync(join(root, 'node_modules', 'commander', 'lib', 'command.js'), 'utf8');
  const begin = 'error: ';
  return literalTexts(source, 'ecmascript').flatMap((text) => (text.startsWith(begin) ? [text.slice(begin.length)] : []));
}
