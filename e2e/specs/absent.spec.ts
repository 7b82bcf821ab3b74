import { expect, test } from '../stage/test.ts';

/** A call that the wallet lacks does not stop the mini program, whatever the real call returns. */

test.beforeEach(async ({ open }) => {
  await open();
});

test('an object that an absent call returns can be used, and does nothing', async ({ page }) => {
  const lines: string[] = [];
  page.on('console', (message) => {
    if (message.text().startsWith('[billetera]')) lines.push(message.text());
  });
  const read = await page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: calls that my.d.ts lacks
    const any = my as any;
    any.getUpdateManager().onUpdateReady(() => {});
    any.createSelectorQuery().select('#cup').boundingClientRect().exec();
    const canvas = any.createCanvasContext('c');
    canvas.setFillStyle('red');
    canvas.lineWidth = 2;
    canvas.draw(true).then?.();
    const { top } = any.getMenuButtonBoundingClientRect();
    const manager = await any.getUpdateManager();
    manager.applyUpdate();
    return [`${canvas}`, top + 10, typeof manager.then, JSON.stringify({ canvas }), any.getLaunchOptionsSync().query ?? 'none'];
  });
  expect(read).toEqual(['', 10, 'undefined', '{}', 'none']);
  const names = ['getUpdateManager', 'createSelectorQuery', 'createCanvasContext', 'getMenuButtonBoundingClientRect'];
  expect(lines).toEqual([...names, 'getLaunchOptionsSync'].map((name) => expect.stringContaining(`${name} `)));
});

test('a task that an absent call returns fails with error 1, and can be listened to and aborted', async ({ page }) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const heard = await page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: calls that my.d.ts lacks
    const any = my as any;
    const upload = any.uploadFile({ url: '/echo' });
    upload.onProgressUpdate(() => {});
    upload.abort();
    const socket = any.connectSocket({ url: 'wss://cafe.example' });
    socket.onOpen(() => {});
    const failed = new Promise((resolve) => {
      any.downloadFile({ url: '/echo', fail: resolve }).abort();
    });
    // biome-ignore lint/suspicious/noExplicitAny: a result or a failure
    const caught = (promise: Promise<any>) => promise.then(() => 'done').catch((failure) => failure.error);
    const call = any.ap.navigateToAlipayPage({ path: 'x' });
    return [await caught(upload), await caught(socket), await failed, await caught(call)];
  });
  expect(heard).toEqual([1, 1, expect.objectContaining({ error: 1 }), 1]);
  expect(errors).toEqual([]);
});

test('an absent call fails with error 1, whatever its parameters; an existing call takes an object', async ({ page }) => {
  const lines: string[] = [];
  page.on('console', (message) => {
    if (message.text().startsWith('[billetera]')) lines.push(message.text());
  });
  const errors = await page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: calls that my.d.ts lacks
    const any = my as any;
    // biome-ignore lint/suspicious/noExplicitAny: a result or a failure
    const caught = (promise: Promise<any>) => promise.catch((failure) => failure.error);
    const bridged = new Promise((resolve) => {
      // biome-ignore lint/suspicious/noExplicitAny: a string on purpose
      AlipayJSBridge.call('nopeY', 's' as any, ({ error }) => resolve(error));
    });
    const absent = [await caught(any.scanX('a')), await bridged, await caught(any.call('nopeZ', 's'))];
    return [...absent, await caught(any.getAuthCode('USER_ID')), await caught(any.getNetworkType(7))];
  });
  expect(errors).toEqual([1, 1, 1, 2, 2]);
  expect(lines.sort()).toEqual(['nopeY', 'nopeZ', 'scanX'].map((name) => expect.stringContaining(`${name} `)));
});
