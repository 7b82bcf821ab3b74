import { createMy } from '../../server/sdk/my/my.ts';
import { expect, test } from '../stage/test.ts';

/** A page in a web-view and the native code of its mini program pass messages to each other. */

const heardByPage = `<script>
  window.heard = [];
  my.onMessage = (message) => heard.push(message);
</script>`;

for (const [how, tag] of Object.entries({
  'by its tag': (bridge: string) => `<script src="${bridge}" data-session="cafe-1"></script>`,
  'by its URL': (bridge: string) => `<script src="${bridge}?session=cafe-1"></script>`,
})) {
  test(`messages go both ways, if the page names the session ${how}`, async ({ page, open, wallet }) => {
    const webView = createMy({ url: wallet.url, session: 'cafe-1' }).createWebViewContext('web-view-1');
    webView.postMessage({ before: 'the page loads' });
    const asked = new Promise<unknown>((resolve) => {
      webView.onMessage = ({ detail }) => {
        webView.postMessage({ answer: detail });
        resolve(detail);
      };
    });
    await open({ bridge: tag(wallet.bridge) + heardByPage });
    await page.evaluate(() => my.postMessage({ from: 'the page' }));

    expect(await asked).toEqual({ from: 'the page' });
    await expect
      .poll(() => page.evaluate(() => Reflect.get(window, 'heard')))
      .toEqual([{ before: 'the page loads' }, { answer: { from: 'the page' } }]);
    webView.onMessage = undefined;
  });
}

test('without a session, the console says what is missing, and onMessage is undefined at first', async ({ page, open }) => {
  await open();
  const line = page.waitForEvent('console', (message) => message.text().includes('data-session'));
  expect(await page.evaluate(() => [typeof my.onMessage, typeof my.postMessage({})])).toEqual(['undefined', 'undefined']);
  await line;
});
