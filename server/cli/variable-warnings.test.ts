import assert from 'node:assert/strict';
import { test } from 'node:test';
import { optionSchemas, variableName } from '../emulator/config.js';
import { variableWarnings } from './variable-warnings.js';

test('a variable that is almost one of ours is named, with the one that was probably meant', () => {
  assert.deepEqual(variableWarnings({ BILLETERA_PROT: '1', BILLETERA_LOGLEVEL: 'debug', BILLETERA_WALET: '' }), [
    'nothing reads the variable BILLETERA_PROT; did you mean BILLETERA_PORT?',
    'nothing reads the variable BILLETERA_LOGLEVEL; did you mean BILLETERA_LOG_LEVEL?',
    'nothing reads the variable BILLETERA_WALET; did you mean BILLETERA_WALLET?',
  ]);
});

test('our own variables, and those of a project, are left alone', () => {
  const ours = [...Object.keys(optionSchemas), 'config', 'url', 'clientId', 'privateKeyFile'].map(variableName);
  const env = Object.fromEntries([...ours, 'BILLETERA_BROWSER', 'BILLETERA_IMAGE_REGISTRY', 'PORT'].map((name) => [name, 'x']));
  assert.deepEqual(variableWarnings(env), []);
});
