/**
 * The plan of the house: which room of server/ may import which. `npm run lint` checks it.
 *
 * The floors, from top to bottom. A room imports rooms of lower floors only, so no circle can form between rooms.
 * Rooms on the same floor do not import each other: code that two of them need belongs on a floor below.
 */
const floors = [
  ['cli'],
  ['sdk'],
  ['emulator'],
  ['gateway', 'wallet', 'control', 'console', 'notifier', 'recorder'],
  ['http', 'learning', 'pages'],
  ['comparison', 'tenants'],
  ['profiles', 'records', 'store'],
  ['journal', 'requests', 'scenarios', 'signing'],
  ['recordings'],
  ['files'],
  ['engine', 'schemas'],
  ['clock', 'texts'],
];

/** Rooms without a floor. Separate rules below say who may import them. */
const roomsWithoutFloor = ['bridge', 'testing'];

/** Tests may import any room: they often set up a whole emulator. */
const tests = String.raw`\.test\.ts$`;
/** Names and codes that the emulator and its client share. They import nothing, and their types are in the package. */
const sharedNames = [
  String.raw`^server/http/control-error-code\.ts$`,
  String.raw`^server/http/product-header\.ts$`,
  String.raw`^server/engine/finding-codes\.ts$`,
];
/** Clients send requests by node:http. This file imports only that. */
const sendRequest = String.raw`^server/http/send-request\.ts$`;
const jsapiErrors = String.raw`^server/engine/jsapi-errors\.ts$`;

/** The rule `engine-is-pure` is stricter than the floor of the engine. */
const roomsWithStricterRules = ['engine'];

const floorRules = floors.flatMap((rooms, floor) => {
  const below = floors.slice(floor + 1).flat();
  const checked = rooms.filter((room) => !roomsWithStricterRules.includes(room));
  return checked.map((room) => ({
    name: `floor-of-${room}`,
    comment: `server/${room} may import itself and ${below.length > 0 ? `the rooms on lower floors (${below.join(', ')})` : 'no other room'}. Move the code that both files need to a lower floor, or pass it in as an argument.`,
    severity: 'error',
    from: { path: `^server/${room}/`, pathNot: tests },
    to: { path: `^server/(?!(${[room, ...below, ...roomsWithoutFloor].join('|')})/)[^/]+/` },
  }));
});

const roomRules = [
  {
    name: 'room-has-a-floor',
    comment: 'This folder is not in the plan. Add it to its floor in .dependency-cruiser.mjs and to docs/architecture.md.',
    severity: 'error',
    from: { path: `^server/(?!(${[...floors.flat(), ...roomsWithoutFloor].join('|')})/)[^/]+/` },
    to: {},
  },
  {
    name: 'engine-is-pure',
    comment:
      'server/engine knows no HTTP, no files and no wall clock. It imports only itself, server/texts and node:crypto. Pass what it needs in EngineDeps (engine/deps.ts), or do the work in a room above.',
    severity: 'error',
    from: { path: '^server/engine/', pathNot: tests },
    to: { pathNot: ['^server/engine/', '^server/texts/', '^(node:)?crypto$'] },
  },
  {
    name: 'client-stands-alone',
    comment:
      'server/sdk/client only speaks to the control API, so that a test that connects does not load the emulator. It imports only server/sdk, http/send-request.ts and the shared names: http/control-error-code.ts, http/product-header.ts and engine/finding-codes.ts.',
    severity: 'error',
    from: { path: '^server/sdk/client/', pathNot: tests },
    to: { path: '^server/', pathNot: ['^server/sdk/', sendRequest, ...sharedNames] },
  },
  {
    name: 'my-stands-alone',
    comment:
      'server/sdk/my runs in simulators, without the emulator. In server/ it imports only sdk/my, bridge/core and http/send-request.ts.',
    severity: 'error',
    from: { path: '^server/sdk/my/', pathNot: tests },
    to: { path: '^server/', pathNot: ['^server/(sdk/my|bridge/core)/', sendRequest] },
  },
  {
    name: 'bridge-runs-in-browsers',
    comment:
      'server/bridge is browser code. It imports only itself and engine/jsapi-errors.ts: no package, nothing of Node, no other room.',
    severity: 'error',
    from: { path: '^server/bridge/', pathNot: tests },
    to: { pathNot: ['^server/bridge/', jsapiErrors] },
  },
  {
    name: 'bridge-core-has-no-page',
    comment:
      'server/bridge/core runs in the browser and in sdk/my, which has no page. It imports only itself and engine/jsapi-errors.ts.',
    severity: 'error',
    from: { path: '^server/bridge/core/', pathNot: tests },
    to: { pathNot: ['^server/bridge/core/', jsapiErrors] },
  },
  {
    name: 'bridge-is-shared-by-core',
    comment: 'The bridge shares code with sdk/my only, and only from server/bridge/core.',
    severity: 'error',
    from: { path: '^server/', pathNot: ['^server/bridge/', '^server/sdk/my/', tests] },
    to: { path: '^server/bridge/' },
  },
  {
    name: 'testing-is-for-tests',
    comment: 'server/testing is test support and is not in the package. Only *.test.ts files and server/testing import it.',
    severity: 'error',
    from: { path: '^server/', pathNot: ['^server/testing/', tests] },
    to: { path: '^server/testing/' },
  },
];

const generalRules = [
  {
    name: 'no-circle',
    comment: 'These files import each other in a circle. Move what they share (often a type) to its own file.',
    severity: 'error',
    // The floors prevent circles between rooms.
    from: { path: '^server/([^/]+)/' },
    to: { circular: true, viaOnly: { path: '^server/$1/' } },
  },
  {
    name: 'import-exists',
    comment: 'This import leads to no file and no installed package.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'tests-are-not-imported',
    comment: 'Nothing imports a *.test.ts file. Move the shared code to server/testing.',
    severity: 'error',
    from: {},
    to: { path: tests },
  },
];

export default {
  forbidden: [...floorRules, ...roomRules, ...generalRules],
  options: {
    // TypeScript 7 has no JavaScript API. swc also sees `import type`.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // The published types of the bridge import the package by its public name, which exists only after a build.
    exclude: { path: String.raw`^server/bridge/my\.d\.ts$` },
    enhancedResolveOptions: {
      extensions: ['.ts', '.d.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
};
