import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { scratchFolder } from '../testing/emulator.js';
import { environment, readConfig } from './config.js';

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

  test('reads every variable', () => {
    const values: Record<string, [string, unknown]> = {
      port: ['0', 0],
      host: ['::1', '::1'],
      wallet: ['tng', 'tng'],
      fixtures: ['f', 'f'],
      data: ['d', 'd'],
      logLevel: ['debug', 'debug'],
      allowHost: ['a.test, b.test', ['a.test', 'b.test']],
      platformKey: ['generate', 'generate'],
    };
    for (const [name, [text, value]] of Object.entries(values)) {
      const variable = environment[name as keyof typeof environment] as string;
      assert.deepEqual(readConfig({ config: file({}) }, { [variable]: text })[name as 'port'], value, variable);
    }
    assert.equal(readConfig({}, { BILLETERA_CONFIG: file({ port: 77 }) }).port, 77);
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
    says({ config, port: '70000' }, {}, '--port 70000: expected a whole number (<= 65535)');
    says({ config, port: '-1' }, {}, '--port -1: expected a whole number');
    says({ config, logLevel: 'loud' }, {}, '--log-level loud: expected one of trace, debug, info');
  });

  test('in a variable', () => {
    says({ config: file({}) }, { BILLETERA_PORT: 'x' }, 'BILLETERA_PORT=x: expected a whole number');
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
    for (const content of ['{', '[]', 'null', '"x"']) {
      const path = file(content);
      says({ config: path }, {}, `${path}: expected a JSON `);
    }
    says({ config: join(folder, 'none.json') }, {}, `${join(folder, 'none.json')}: expected a JSON file`);
    says({}, { BILLETERA_CONFIG: folder }, `${folder}: expected a JSON file`);
  });
});
