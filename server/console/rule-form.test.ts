// biome-ignore-all lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { faults } from '../scenarios/schema.js';
import { emulatorForFile } from '../testing/emulator.js';
import { openScenariosPage } from '../testing/scenarios-page.js';

const emulator = await emulatorForFile();

describe('the form for an own rule', () => {
  test('adds the rule, and leads to its card', async () => {
    const { tenant, post, card } = openScenariosPage(emulator);
    const form = {
      back: `/t/${tenant.name}/scenarios?lang=en`,
      title: 'No answer',
      'when.operation': 'applyToken',
      'when.header': '{"x-test":"a"}',
      'then.status': '503',
      'then.body': '{"down":true}',
      'then.delay': '2',
      times: '1',
    };
    assert.deepEqual(await post('/rule', form), { done: 'scenario-on', hash: '#card-scenario-1' });
    assert.deepEqual(tenant.scenarios.get('scenario-1')?.record, {
      id: 'scenario-1',
      title: 'No answer',
      when: { operation: 'applyToken', header: { 'x-test': 'a' } },
      then: { status: 503, body: { down: true }, delay: 2 },
      times: 1,
    });
    assert.match(await card('scenario-1'), />No answer<[\s\S]*On, 1 left/);
  });

  test('changes a rule in its place, and keeps it off; a rule that it cannot show is not offered', async () => {
    const { tenant, client, card, post } = openScenariosPage(emulator);
    tenant.scenarios.add({
      id: 'a',
      title: 'Mine',
      enabled: false,
      when: { scope: 'USER_ID' },
      then: { denyScopes: ['USER_ID'] },
    });
    tenant.scenarios.add({ id: 'b', then: [{ delay: 1 }] });
    tenant.scenarios.add({ id: 'c', then: { delay: { min: 1, max: 2 } } });
    assert.match(await card('a'), /change=a#new-rule/);
    for (const id of ['b', 'c']) assert.doesNotMatch(await card(id), /#new-rule/);
    const { text } = await client.get('/scenarios?lang=en&change=a');
    assert.match(text, /Change the rule Mine[\s\S]*name="title" value="Mine"[\s\S]*value="USER_ID" checked/);
    const form = { back: `/t/${tenant.name}/scenarios`, change: 'a', title: 'Mine too', 'then.delay': '1' };
    assert.deepEqual(await post('/rule', form), { done: 'saved', hash: '#card-a' });
    assert.deepEqual(
      tenant.scenarios.all().map(({ record }) => record.title ?? record.id),
      ['Mine too', 'b', 'c'],
    );
    assert.deepEqual(tenant.scenarios.get('a')?.record, { id: 'a', title: 'Mine too', then: { delay: 1 }, enabled: false });
    const refused = await client.post('/scenarios/rule?lang=en', { change: 'a' });
    assert.equal(refused.status, 400);
    assert.ok(!refused.text.includes('/scenarios/rule?'), 'forms lead back to a page that can be read');
  });

  for (const [form, field, en, es] of [
    [{}, 'field-then-result', /^then: missing; expected/, /^then: falta/],
    [{ 'then.status': '99' }, 'field-then-status', /^then\.status: expected a whole number/, /^then\.status: se esperaba/],
    [{ 'then.delay': 'soon' }, 'field-then-delay', /^then\.delay: expected an ISO 8601 duration/, /duración ISO 8601/],
    [
      { 'when.operation': 'applyToken', 'then.consent': 'deny' },
      'field-then-consent',
      /^then\.consent: has no effect on applyToken, which is called by a merchant's server/,
      /^then\.consent: no tiene efecto en applyToken, porque la llama el servidor de un comercio/,
    ],
    [{ 'then.status': '503', 'then.result': 'SUCCESS' }, 'field-then-status', /result or status, not both/, /no los dos/],
    [{ 'when.header': '{', 'then.delay': '1' }, 'field-when-header', /^when\.header: expected JSON/, /JSON/],
    [{ id: 'mine', 'then.delay': '1' }, 'field-id', /^id: the scenario mine already exists/, /^id: el escenario mine ya existe/],
  ] as const)
    test(`refuses ${JSON.stringify(form)}, and says why at the field in both languages`, async () => {
      const { tenant, client } = openScenariosPage(emulator);
      tenant.scenarios.add({ id: 'mine', then: { delay: 0 } });
      for (const [lang, said] of [
        ['en', en],
        ['es', es],
      ] as const) {
        const { status, text } = await client.post(`/scenarios/rule?lang=${lang}`, form);
        assert.equal(status, 400);
        const [, words = ''] = new RegExp(`<p class="problem"[\\s\\S]*?<a href="#${field}">([^<]*)<`).exec(text) ?? [];
        assert.match(words.replaceAll('&#x27;', "'"), said);
        assert.ok(text.includes(`<details class="panel new-rule" id="new-rule" open>`));
        const check = await client.post(`/scenarios/check?lang=${lang}`, form);
        if (field === 'field-then-result') assert.equal(check.body.problem, undefined, 'a person still types');
        else assert.deepEqual([check.body.problem.field, said.test(check.body.problem.text)], [field, true]);
      }
      assert.equal(tenant.scenarios.size, 1);
    });

  test('says what each fault does', async () => {
    const { client } = openScenariosPage(emulator);
    assert.match((await client.get('/scenarios?lang=es')).text, /<option value="hang">hang: nunca responde<\/option>/);
    const { text } = await client.get('/scenarios?lang=en');
    for (const fault of faults) assert.match(text, new RegExp(`<option value="${fault}">${fault}: \\w`));
  });

  test('shows the rule as JSON while it is typed', async () => {
    const { client } = openScenariosPage(emulator);
    const { body } = await client.post('/scenarios/check', { title: 'x', 'then.fault': 'hang' });
    assert.deepEqual(JSON.parse(body.rule), { title: 'x', then: { fault: 'hang' } });
  });
});
