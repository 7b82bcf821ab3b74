// biome-ignore-all lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile } from '../testing/emulator.js';
import { openScenariosPage } from '../testing/scenarios-page.js';

const emulator = await emulatorForFile();

describe('which scenarios are on', () => {
  /** The texts of all places that say it. */
  async function said({ tenant, client, page }: ReturnType<typeof openScenariosPage>, lang = 'en') {
    const get = async (path: string) => (await client.get(`${path}?lang=${lang}`)).text;
    const find = (html: string, pattern: RegExp) => pattern.exec(html)?.[1];
    const play = await get('/playground');
    return {
      header: find(await get('/'), /data-scenarios-on>([^<]*)</),
      linked: (await get('/')).includes(`href="/t/${tenant.name}/scenarios" data-testid="scenarios-on"`),
      list: [...(await page(lang)).matchAll(/on-one"><a [^>]*>([^<]*)<\/a> <span class="quiet">\(([^)]*)\)/g)].map(
        ([, ...row]) => row,
      ),
      chosen: find(play.slice(play.indexOf('id="play-scenario"')), /<option value="([^"]*)" selected>/),
      none: find(play, /name="scenario"[^>]*><option value="">([^<]*)</),
      state: find(play, /data-fresh="scenario"><p><span[^>]*>([^<]*)</),
      reset: find(await get('/reset'), /<li>((?:Scenarios|Escenarios)[^<]*)</),
    };
  }
  const nothing = {
    header: undefined,
    linked: true,
    list: [],
    none: 'None: everything works',
    state: undefined,
  };

  test('is the same in the header, on the pages of scenarios and of a reset, and in the playground', async () => {
    const world = openScenariosPage(emulator);
    const { tenant, post } = world;
    assert.deepEqual({ ...(await said(world)), chosen: '' }, { ...nothing, chosen: '', reset: 'Scenarios: 0 (0 on)' });
    await post('/of/platform-down', { enabled: 'true', often: 'once' });
    assert.deepEqual(await said(world), {
      header: '1 scenario on',
      linked: true,
      list: [['The platform is down', 'On, 1 left']],
      chosen: 'platform-down',
      none: 'None: everything works',
      state: 'On, 1 left',
      reset: 'Scenarios: 1 (1 on)',
    });
    tenant.scenarios.applyFirstMatch({ kind: 'openapi', operation: 'applyToken', headers: {} });
    assert.deepEqual({ ...(await said(world)), chosen: '' }, { ...nothing, chosen: '', reset: 'Scenarios: 1 (0 on)' });
  });

  test('includes the first screen, which the playground and “Switch all off” change too', async () => {
    const world = openScenariosPage(emulator);
    const { tenant, client, post } = world;
    tenant.scenarios.add({ id: 'mine', title: 'Mine', then: { delay: 0 } });
    await client.post('/playground', { scenario: 'first-screen' });
    assert.equal(tenant.settings.firstScreen, 'refuse');
    assert.deepEqual(await said(world, 'es'), {
      header: '2 escenarios encendidos',
      linked: true,
      list: [
        ['Mine', 'Encendido'],
        ['Se rechaza la primera pantalla', 'Encendido'],
      ],
      chosen: 'first-screen',
      none: 'Ninguno de estos',
      state: 'Encendido',
      reset: 'Escenarios: 2 (2 encendidos)',
    });
    assert.equal((await post('/off', {})).done, 'scenarios-off');
    assert.equal(tenant.settings.firstScreen, 'note');
    const [{ reason } = { reason: undefined }] = tenant.journal.list({ operation: 'changeScenario' }, 1);
    assert.deepEqual(reason?.values, { ids: ['mine', 'first-screen'] });
    assert.equal((await post('/off', {})).done, 'nothing');
    tenant.changeSettings({ firstScreen: 'off' });
    await client.post('/playground', { scenario: '' });
    assert.equal(tenant.settings.firstScreen, 'off');
  });
});
