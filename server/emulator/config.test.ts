import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { scratchFolder } from '../testing/emulator.js';
import { type ConfigName, optionSchemas, readConfig, readOptions, variableName } from './config.js';

const folder = scratchFolder();
let files = 0;

function file(content: unknown): string {
  const path = join(folder, `config-${++files}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('the configuration', () => {
  test('has defaults', () => {
    const { port, host, wallet, logLevel, allowHost, fixtures, data, platformKey, showSecrets, watch } = readConfig(
      { config: file({}) },
      {},
    );
    assert.deepEqual(
      [port, host, wallet, logLevel, allowHost, showSecrets, watch],
      [4010, '127.0.0.1', 'platform-v2', 'info', [], false, false],
    );
    assert.deepEqual([fixtures, data, platformKey], [undefined, undefined, undefined]);
  });

  test('prefers flags to the environment, and the environment to the file', () => {
    const config = file({ $schema: './x.json', port: 1, host: 'file', wallet: 'file' });
    const { port, host, wallet } = readConfig(
      { config, port: '3', host: undefined },
      { BILLETERA_PORT: '2', BILLETERA_HOST: 'environment', BILLETERA_WALLET: '' },
    );
    assert.deepEqual([port, host, wallet], [3, 'environment', 'file']);
  });

  test('reads a variable for every option', () => {
    const values: Record<ConfigName, [string, unknown]> = {
      port: ['0', 0],
      host: ['::1', '::1'],
      wallet: ['tng', 'tng'],
      fixtures: ['f', 'f'],
      data: ['d', 'd'],
      store: ['redis://r:1/2', 'redis://r:1/2'],
      import: ['s.json', 's.json'],
      exportOnExit: ['s.json', 's.json'],
      fsync: ['off', 'off'],
      logLevel: ['debug', 'debug'],
      watch: ['1', true],
      allowHost: ['a.test, b.test,', ['a.test', 'b.test']],
      publicUrl: ['https://Demo.example/wallet/', 'https://demo.example/wallet'],
      trustProxy: ['1', true],
      controlToken: ['s3cret-of-ci', 's3cret-of-ci'],
      platformKey: ['generate', 'generate'],
      tls: ['true', true],
      tlsCert: ['c.pem', 'c.pem'],
      tlsKey: ['k.pem', 'k.pem'],
      tlsPort: ['44', 44],
      tlsOnly: ['yes', true],
      maxTenants: ['7', 7],
      maxTokens: ['70', 70],
      openapiCors: ['1', true],
      showSecrets: ['On', true],
    };
    assert.deepEqual(Object.keys(values).sort(), Object.keys(optionSchemas).sort());
    for (const [name, [text, value]] of Object.entries(values)) {
      const config = file({});
      assert.deepEqual(readConfig({ config }, { [variableName(name)]: text })[name as 'port'], value, name);
      assert.deepEqual(readConfig({ config }, { [variableName(name)]: '' }), readConfig({ config }, {}), 'empty: not set');
    }
    assert.equal(variableName('tlsCert'), 'BILLETERA_TLS_CERT');
    assert.equal(readConfig({}, { BILLETERA_CONFIG: file({ port: 77 }) }).port, 77);
    assert.equal(readConfig({}, { BILLETERA_CONFIG: '' }).port, 4010);
  });

  test('a variable can switch an option off', () => {
    const config = file({ tls: true });
    for (const text of ['0', 'false', 'NO', 'off']) assert.equal(readConfig({ config }, { BILLETERA_TLS: text }).tls, false);
  });

  test('paths in the file are relative to the file, and others to the working directory', () => {
    const paths = {
      fixtures: './f',
      data: 'd',
      import: 's.json',
      exportOnExit: './out/s.json',
      platformKey: 'p.pem',
      tlsCert: '../c.pem',
      tlsKey: '/k.pem',
      wallet: './w.json',
    };
    const config = readConfig({ config: file(paths) }, {});
    for (const [name, path] of Object.entries(paths))
      assert.equal(config[name as keyof typeof paths], resolve(folder, path), name);
    const names = readConfig({ config: file({ wallet: 'tng', platformKey: 'generate' }) }, { BILLETERA_FIXTURES: './f' });
    assert.deepEqual([names.wallet, names.platformKey, names.fixtures], ['tng', 'generate', './f']);
  });

  test('allowed hosts lose their scheme and port, wherever they are set', () => {
    const allowHost = ['https://Wallet.test:5308'];
    for (const config of [
      readConfig({ config: file({ allowHost }) }, {}),
      readConfig({ config: file({}), allowHost }, {}),
      readConfig({ config: file({}) }, { BILLETERA_ALLOW_HOST: allowHost.join() }),
      readOptions({ allowHost }),
    ])
      assert.deepEqual(config.allowHost, ['wallet.test']);
  });

  test('the file may begin with a byte-order mark', () => {
    assert.equal(readConfig({ config: file('\ufeff{"port": 5}') }, {}).port, 5);
  });

  test('accepts flags as text and as values', () => {
    const { port, allowHost, showSecrets } = readConfig(
      { config: file({}), port: 80, allowHost: ['a.test'], showSecrets: true },
      {},
    );
    assert.deepEqual([port, allowHost, showSecrets], [80, ['a.test'], true]);
  });
});

describe('a mistake in it is one line that says where it is and what was expected', () => {
  const says = (flags: Record<string, unknown>, env: NodeJS.ProcessEnv, line: string) => {
    assert.throws(
      () => readConfig(flags, env),
      (error: Error) => {
        assert.ok(error.message.startsWith(line), error.message);
        return !error.message.includes('\n');
      },
    );
  };

  test('in a flag', () => {
    const config = file({});
    says({ config, port: 'http' }, {}, '--port http: expected a whole number');
    says({ config, port: '70000' }, {}, '--port 70000: expected a whole number from 0 to 65535; 0 takes a free port');
    says({ config, port: '-1' }, {}, '--port -1: expected a whole number');
    says({ config, allowHost: ['*'] }, {}, '--allow-host *: expected a whole host name');
    says(
      { config, allowHost: ['a.test', 'a.test/x'] },
      {},
      '--allow-host a.test,a.test/x: expected a host name, such as wallet.test, got a.test/x',
    );
    says({ config: '' }, {}, '--config: expected a file');
    says({ config, controlToken: 'short' }, {}, '--control-token …: expected 8 to 256 ASCII characters without spaces');
    says({ config, logLevel: 'loud' }, {}, '--log-level loud: expected one of trace, debug, info');
  });

  test('in a variable', () => {
    says({ config: file({}) }, { BILLETERA_PORT: 'x' }, 'BILLETERA_PORT=x: expected a whole number');
    says(
      { config: file({}) },
      { BILLETERA_CONTROL_TOKEN: 'with space' },
      'BILLETERA_CONTROL_TOKEN=…: expected 8 to 256 ASCII characters',
    );
    says(
      { config: file({}) },
      { BILLETERA_TLS: 'maybe' },
      'BILLETERA_TLS=maybe: expected on or off; allowed: 1, true, yes, on, 0, false, no, off',
    );
    says({ config: file({}) }, { BILLETERA_ALLOW_HOST: '*' }, 'BILLETERA_ALLOW_HOST=*: expected a whole host name');
    says({ config: file({}) }, { BILLETERA_LOG_LEVEL: 'x' }, 'BILLETERA_LOG_LEVEL=x: expected one of trace');
  });

  test('in a field of the file', () => {
    for (const [content, line] of [
      [{ port: '4010' }, 'port: expected a whole number'],
      [{ prot: 4010 }, 'unknown field "prot"; allowed: '],
      [{ allowHost: 'a.test' }, 'allowHost: expected a list'],
      [{ showSecrets: 'yes' }, 'showSecrets: expected true or false'],
      [{ constructor: 1 }, 'unknown field "constructor"; '],
      [{ toString: 'x' }, 'unknown field "toString"; '],
      ['{"__proto__": {"port": 1}}', 'unknown field "__proto__"; '],
    ] as const) {
      const path = file(content);
      says({ config: path }, {}, `${path}: ${line}`);
    }
  });

  test('in the file itself', () => {
    for (const [content, problem] of [
      ['{\n  "port": 1,\n}', 'expected JSON: line 3, column 1: remove the comma before this "}"'],
      ['', 'expected JSON: the file is empty'],
      ['[]', 'expected a JSON object'],
      ['null', 'expected a JSON object'],
      ['"x"', 'expected a JSON object'],
    ] as const) {
      const path = file(content);
      says({ config: path }, {}, `${path}: ${problem}`);
    }
    says({ config: join(folder, 'none.json') }, {}, `${join(folder, 'none.json')}: the file does not exist`);
    says({}, { BILLETERA_CONFIG: folder }, `${folder}: this is a folder, not a file`);
    if (process.platform !== 'win32') says({ config: '/dev/zero' }, {}, '/dev/zero: this is a device, not a file');
  });
});
