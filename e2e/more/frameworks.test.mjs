import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startEmulator } from 'billetera';
import { createMy } from 'billetera/my';
import spawn from 'cross-spawn';
import { build } from 'esbuild';

/** The frameworks that compile to mini programs load with `my` of billetera/my, take it for the wallet's, and log a user in. */

const packages = [
  '@tarojs/plugin-platform-alipay@4.2.0',
  '@tarojs/runtime@4.2.1',
  '@tarojs/shared@4.2.1',
  '@tarojs/taro@4.2.1',
  'uni-2@npm:@dcloudio/uni-mp-alipay@2.0.0',
  'uni-3@npm:@dcloudio/uni-mp-alipay@3.0.0-4020420240722002',
  'vue@3.4.21',
  '@mpxjs/api-proxy@2.10.20',
  '@mpxjs/utils@2.10.20',
];

/** The constants that the frameworks' compilers define. */
const define = {
  __mpx_mode__: '"ali"',
  __mpx_env__: '""',
  'process.env.NODE_ENV': '"production"',
  'process.env.TARO_ENV': '"alipay"',
  'process.env.TARO_PLATFORM': '"mini"',
  ...Object.fromEntries(
    ['INNER_HTML', 'ADJACENT_HTML', 'SIZE_APIS', 'TEMPLATE_CONTENT', 'CLONE_NODE', 'CONTAINS', 'MUTATION_OBSERVER', 'COOKIE'].map(
      (name) => [`ENABLE_${name}`, 'false'],
    ),
  ),
};

const folder = mkdtempSync(join(tmpdir(), 'billetera-frameworks-'));
const npm = (...args) => spawn.sync('npm', args, { cwd: folder, encoding: 'utf8' });
let wallet;

before(async () => {
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error'];
  const { status, stderr } = npm('install', ...quiet, ...packages);
  assert.equal(status, 0, stderr);
  wallet = await startEmulator({ port: 0 });
});
after(async () => {
  await wallet.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Bundles a module as a mini program's compiler does, and runs it with a new `my` and the globals of a mini program. */
async function load(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    resolveExtensions: ['.ali.js', '.js', '.mjs', '.json'],
    define,
    logLevel: 'silent',
  });
  const none = () => {};
  const globals = {
    my: createMy({ url: wallet.url }),
    App: none,
    Page: none,
    Component: none,
    getApp: none,
    getCurrentPages: () => [],
  };
  for (const [name, value] of Object.entries({ ...globals, navigator: { userAgent: '' } }))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
}

describe('a framework loads and logs in:', () => {
  const code = /^281011/;

  test('Taro', async () => {
    const { default: Taro } = await load(`
      import { mergeReconciler } from '@tarojs/shared';
      import { hostConfig } from '@tarojs/plugin-platform-alipay/dist/runtime-utils.js';
      import { initNativeApi } from '@tarojs/plugin-platform-alipay/dist/runtime-utils.js';
      import '@tarojs/runtime';
      import Taro from '@tarojs/taro';
      mergeReconciler(hostConfig);
      initNativeApi(Taro);
      export default Taro;
    `);
    let heard = '';
    Taro.eventCenter.on('cup', (size) => {
      heard = size;
    });
    Taro.eventCenter.trigger('cup', 'large');
    assert.equal(heard, 'large');
    assert.equal(Taro.getSystemInfoSync().windowWidth, 390);
    assert.match((await Taro.login()).code, code);
  });

  for (const [name, entry] of [
    ['uni-app 2', 'uni-2/dist/index.js'],
    ['uni-app 3', 'uni-3/dist/uni.api.esm.js'],
  ]) {
    test(name, async () => {
      const { default: uni } = await load(`export { default } from '${entry}';`);
      assert.equal(uni.upx2px(750), 390);
      assert.match(await new Promise((success, fail) => uni.login({ success: (result) => success(result.code), fail })), code);
    });
  }

  test('mpx', async () => {
    const { getProxy } = await load(`export { getProxy } from '@mpxjs/api-proxy/src/index.js';`);
    const mpx = getProxy({ usePromise: true });
    assert.equal(mpx.isIDE, undefined);
    assert.equal(mpx.getSystemInfoSync().windowWidth, 390);
    assert.match((await mpx.login()).code, code);
  });
});
