import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from '../testing/emulator.js';
import { quote } from '../texts/text.js';
import { DataFolder } from './data-folder.js';

async function store(dataFolder: DataFolder, tenant: string): Promise<void> {
  const persistence = dataFolder.persistence(tenant);
  persistence.changed('auth-codes', 'one', { tenant });
  await persistence.settled();
}

test('every tenant has its own folder within the data folder, whatever its name', async () => {
  const names = ['default', 'Default', '..', '.', 'a', 'A'];
  const data = scratchFolder();
  const dataFolder = await DataFolder.open(data);
  for (const name of names) await store(dataFolder, name);
  assert.deepEqual((await dataFolder.tenants()).sort(), [...names].sort());
  const folders = readdirSync(data).filter((name) => !['lock', 'format.json'].includes(name));
  assert.equal(new Set(folders.map((folder) => folder.toLowerCase())).size, names.length);
  for (const folder of folders) assert.match(folder, /^[^/]+~[0-9a-f]{8}$/);
  await dataFolder.release();
});

test('a tenant without a change needs no folder', async () => {
  const data = scratchFolder();
  const dataFolder = await DataFolder.open(data);
  await dataFolder.persistence('a').settled();
  assert.deepEqual(await dataFolder.tenants(), []);
  await dataFolder.release();
});

test('a folder that cannot be created is an error in one line', async () => {
  const file = join(scratchFolder(), 'file');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  await assert.rejects(DataFolder.open(file), /^Error: expected a folder that can be written/);
});

test('the folder has a version, and a newer one is refused with file and field', async () => {
  const data = scratchFolder();
  await (await DataFolder.open(data)).release();
  const file = join(data, 'format.json');
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { version: 1 });
  writeFileSync(file, '{"version":2}');
  await assert.rejects(DataFolder.open(data), {
    message: `${file}: version: expected 1; another version of billetera wrote this folder: choose another folder`,
  });
  writeFileSync(file, '{"version":1}');
  await (await DataFolder.open(data)).release();
});

test('state without a version is refused, and stays as it is', async () => {
  const data = scratchFolder();
  const dataFolder = await DataFolder.open(data);
  await store(dataFolder, 'a');
  await dataFolder.release();
  const [folder = ''] = readdirSync(data).filter((name) => name.startsWith('a~'));
  const older = scratchFolder();
  mkdirSync(join(older, folder, 'auth-codes'), { recursive: true });
  await assert.rejects(DataFolder.open(older), /format\.json: missing; an older version of billetera wrote this folder/);
  assert.ok(!readdirSync(older).includes('format.json'));
});

test('a tenant that is refused stores nothing, and tells why', async () => {
  const data = scratchFolder();
  const dataFolder = await DataFolder.open(data);
  dataFolder.refuse('a', quote('its clock is wrong'));
  const persistence = dataFolder.persistence('a');
  persistence.changed('auth-codes', 'one', { a: 1 });
  const expected = { problem: 'tenant-unreadable', message: 'its clock is wrong' };
  await assert.rejects(persistence.settled(), expected);
  await assert.rejects(persistence.drop(), expected);
  await assert.rejects(dataFolder.persistence('a', true).replaceStored(assert.fail), expected);
  assert.deepEqual(await dataFolder.tenants(), []);
  await dataFolder.release();
});
