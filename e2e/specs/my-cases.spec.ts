import { myCases } from '../../server/testing/my-cases.ts';
import { expect, test } from '../stage/test.ts';

/** Everything that `my` does in Node works in a page too. */
for (const { title, settings, run, expected } of myCases) {
  test(title, async ({ page, open, host, wallet }) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    if (settings) await wallet.change(settings);
    const text = await open();
    const at = { echo: `${host.origin}/echo`, text, missing: `${host.origin}/not-there` };
    expect(await page.evaluate(`(${run})(my, ${JSON.stringify(at)})`)).toEqual(expected);
    expect(errors).toEqual([]);
  });
}

test('a double of fetch in the page answers my.request', async ({ page, open }) => {
  await open();
  const data = await page.evaluate(async () => {
    window.fetch = async () => new Response('{"double":true}');
    return (await my.request({ url: '/echo' })).data;
  });
  expect(data).toEqual({ double: true });
});
