import type { My } from '../sdk/my/types.js';

/** Addresses of a web server for my.request. */
export interface RequestAddresses {
  /** Answers with the request as JSON: `{ method, url, type, body }`. */
  echo: string;
  /** Answers with text that is not JSON. */
  text: string;
  /** Answers with 404 and `{"here":"nothing"}`. */
  missing: string;
}

/** The behaviour of `my` that is the same in a page and in Node. */
export interface MyCase {
  title: string;
  /** The emulator's settings before the case runs. */
  settings?: { consent: 'grant' | 'deny' };
  /** Playwright sends the source of this function to a page, so it uses nothing but its parameters. */
  run(my: My, at: RequestAddresses): Promise<unknown>;
  expected: unknown;
}

/** The result of getAuthCode when every scope is granted, with the beginning of the code only. */
const granted = (...scopes: string[]) => ({ code: '281011', authSuccessScopes: scopes, authErrorScopes: {} });
const userRefused = { error: 11, authErrorScopes: { USER_NAME: '10001' } };

/** The cases run both in server/sdk/my/my.test.ts and in e2e/specs/my-cases.spec.ts. */
export const myCases: MyCase[] = [
  {
    title: 'getAuthCode takes a list of scopes, one scope, or none',
    run: async (my) => {
      const codes = [await my.getAuthCode({ scopes: ['USER_ID', 'auth_base'] }), await my.getAuthCode({ scopes: 'USER_ID' })];
      codes.push(await my.getAuthCode(), await my.call('getAuthCode', { scopeNicks: ['USER_ID'] }));
      return codes.map(({ authCode, ...rest }) => ({ code: authCode.slice(0, 6), ...rest }));
    },
    expected: [granted('USER_ID', 'auth_base'), granted('USER_ID'), granted('auth_base'), granted('USER_ID')],
  },
  {
    title: 'getAuthCode rejects its promise with a plain object',
    settings: { consent: 'deny' },
    run: (my) =>
      my.getAuthCode({ scopes: 'USER_NAME' }).then(
        () => 'granted',
        ({ errorMessage, ...failure }) => [Object.getPrototypeOf(failure) === Object.prototype, typeof errorMessage, failure],
      ),
    expected: [true, 'string', userRefused],
  },
  {
    title: 'getAuthCode fails with error 2 if scopes is not a list of names',
    run: (my) => {
      const wrong = [42, [], ['USER_ID', 7], { USER_ID: true }];
      return Promise.all(
        wrong.map((scopes) => my.call('getAuthCode', { scopes }).catch(({ error, errorMessage }) => `${error} ${errorMessage}`)),
      ).then((failures) => failures.map((failure) => failure.slice(0, 8)));
    },
    expected: ['2 scopes', '2 scopes', '2 scopes', '2 scopes'],
  },
  {
    title: 'a call with callbacks returns nothing, then calls success and complete',
    run: (my) =>
      new Promise((resolve) => {
        const called: unknown[] = [];
        const returned = my.getAuthCode({
          scopes: 'USER_ID',
          success: () => called.push('success'),
          fail: () => called.push('fail'),
          complete: () => resolve([...called, 'complete']),
        });
        called.push(String(returned));
      }),
    expected: ['undefined', 'success', 'complete'],
  },
  {
    title: 'a failed call calls fail, or failed if there is no fail, then complete',
    settings: { consent: 'deny' },
    run: async (my) => {
      const called: unknown[] = [];
      for (const names of [['fail', 'failed'], ['failed'], ['fail']]) {
        await new Promise<void>((resolve) => {
          const callbacks = Object.fromEntries(
            names.map((name) => [name, ({ error }: { error: number }) => called.push(name, error)]),
          );
          my.getAuthCode({ scopes: 'USER_NAME', success: () => called.push('success'), ...callbacks, complete: () => resolve() });
        });
      }
      return called;
    },
    expected: ['fail', 11, 'failed', 11, 'fail', 11],
  },
  {
    title: 'call hands the result or the failure to a single function',
    settings: { consent: 'deny' },
    run: async (my) => {
      const first = await new Promise((resolve) => my.call('getAuthCode', { scopes: 'USER_NAME' }, resolve));
      const second = await new Promise((resolve) => my.call('getAuthCode', resolve));
      return [Object.keys(first as object).includes('error'), Object.keys(second as object).includes('authCode')];
    },
    expected: [true, true],
  },
  {
    title: 'calls made at the same time end in their order',
    run: async (my) => {
      const ended: string[] = [];
      const call = (scopes: string) => my.getAuthCode({ scopes }).then(() => ended.push(scopes));
      await Promise.all([call('USER_ID'), call('auth_base'), call('USER_ID')]);
      return ended;
    },
    expected: ['USER_ID', 'auth_base', 'USER_ID'],
  },
  {
    title: 'a call that exists fails with error 2 if its parameters are not an object',
    run: (my) =>
      Promise.all(
        ['getAuthCode', 'tradePay', 'getStorage', 'alert', 'hideToast'].map((name) =>
          my[name]('USER_ID').catch(({ error }: { error: number }) => error),
        ),
      ),
    expected: [2, 2, 2, 2, 2],
  },
  {
    title: 'parameters that are not JSON fail with error 2',
    run: (my) => {
      const params: Record<string, unknown> = {};
      params.self = params;
      return my.call('getAuthCode', params).catch(({ error }) => error);
    },
    expected: 2,
  },
  {
    title: 'a call that does not exist fails with error 1, whatever its parameters',
    run: async (my) => {
      const error = (failure: { error: number }) => failure.error;
      const called = await new Promise<{ error: number }>((resolve) => my.scanTheSky({ fail: resolve }));
      const absent = [my.scanTheSky(), my.scanTheSky('x'), my.call('paintTheMoon', 7 as never), my.ap.scanTheSky({ x: 1 })];
      return [called.error, ...(await Promise.all(absent.map((call) => call.catch(error)))), my.scanTheSkySync().error];
    },
    expected: [1, 1, 1, 1, 1, 1],
  },
  {
    title: 'names of data are undefined until the mini program sets them',
    run: async (my) => {
      const names = ['isIDE', 'isFRM', 'isPC', 'env', 'dd', 'tb', 'qn', 'taroEventCenter', 'specialMethods', 'xxx', 'ap.isIDE'];
      const read = (name: string) => name.split('.').reduce((object, key) => object[key], my);
      const defined = names.filter((name) => read(name) !== undefined || name in my);
      my.taroEventCenter = 7;
      return [defined, my.taroEventCenter];
    },
    expected: [[], 7],
  },
  {
    title: 'names of calls are functions, however they are built',
    run: async (my) => {
      const names = [
        'chooseImage',
        'datePicker',
        'optionsSelect',
        'pageScrollTo',
        'reLaunch',
        'rsa',
        'scan',
        'vibrate',
        'prompt',
      ];
      return names.filter((name) => typeof my[name] !== 'function');
    },
    expected: [],
  },
  {
    title: 'calls without a result return success: true',
    run: async (my) => {
      const copied = my.canIUse('setClipboard') ? await my.setClipboard({ text: 'a' }) : { success: true };
      return [await my.hideToast(), await my.showLoading(), await my.hideLoading(), copied];
    },
    expected: Array(4).fill({ success: true }),
  },
  {
    title: 'an absent listener returns nothing',
    run: async (my) => [my.onAppShow(() => {}), my.offAppShow()].map(String),
    expected: ['undefined', 'undefined'],
  },
  {
    title: 'an object that an absent call returns can be used, and does nothing',
    run: async (my) => {
      my.getUpdateManager().onUpdateReady(() => {});
      my.createSelectorQuery().select('#cup').boundingClientRect().exec();
      const canvas = my.createCanvasContext('c');
      canvas.lineWidth = 2;
      const manager = await my.getUpdateManager();
      manager.applyUpdate();
      return [`${canvas}`, my.getMenuButtonBoundingClientRect().top + 10, typeof manager.then, JSON.stringify({ canvas })];
    },
    expected: ['', 10, 'undefined', '{}'],
  },
  {
    title: 'a task that an absent call returns fails with error 1, and can be listened to and aborted',
    run: async (my, { echo }) => {
      const upload = my.uploadFile({ url: echo });
      upload.onProgressUpdate(() => {});
      upload.abort();
      const socket = my.connectSocket({ url: 'wss://cafe.example' });
      socket.onOpen(() => {});
      const download = await new Promise<{ error: number }>((resolve) => my.downloadFile({ url: echo, fail: resolve }).abort());
      const error = (failure: { error: number }) => failure.error;
      return [await upload.catch(error), await socket.catch(error), download.error];
    },
    expected: [1, 1, 1],
  },
  {
    title: 'every call that both have is a function that canIUse knows',
    run: async (my) => {
      const storage = ['setStorage', 'getStorage', 'removeStorage', 'clearStorage', 'getStorageInfo'];
      const shown = ['alert', 'showToast', 'hideToast', 'showLoading', 'hideLoading'];
      const names = [
        'getAuthCode',
        'tradePay',
        'request',
        'httpRequest',
        'call',
        'canIUse',
        'getAppIdSync',
        ...shown,
        ...storage,
      ];
      names.push(...storage.map((name) => `${name}Sync`));
      return names.filter((name) => typeof my[name] !== 'function' || !my.canIUse(name) || !my.canIUse(`${name}.options`));
    },
    expected: [],
  },
  {
    title: 'canIUse does not know what is absent or inherited',
    run: async (my) =>
      ['navigateTo', 'scanTheSkySync', 'onAppShow', 'toString', 'constructor'].filter((name) => my.canIUse(name)),
    expected: [],
  },
  {
    title: 'my is not a promise',
    run: async (my) => [(await Promise.resolve(my)) === my, typeof my.then, typeof my.toJSON],
    expected: [true, 'undefined', 'undefined'],
  },
  {
    title: 'storage stores a copy, and returns null for an unknown key',
    run: async (my) => {
      const data = { beans: 2 };
      const set = await my.setStorage({ key: 'cart', data });
      data.beans = 3;
      const stored = await my.getStorage({ key: 'cart' });
      const info = await my.getStorageInfo();
      const removed = await my.removeStorage({ key: 'cart' });
      return [set, stored, info, removed, await my.getStorage({ key: 'cart' })];
    },
    expected: [
      { success: true },
      { data: { beans: 2 }, success: true },
      { keys: ['cart'], currentSize: 1, limitSize: 10_240, success: true },
      { success: true },
      { data: null, success: true },
    ],
  },
  {
    title: 'storage answers at once, by an object or by a key',
    run: async (my) => {
      const set = [my.setStorageSync({ key: 'cart', data: [1] }), my.setStorageSync('table', 7)];
      const stored = [my.getStorageSync('cart').data, my.getStorageSync({ key: 'table' }).data];
      my.removeStorageSync('cart');
      const keys = [my.getStorageInfoSync().keys.join()];
      my.clearStorageSync();
      return [set, stored, keys, my.getStorageInfoSync().keys];
    },
    expected: [[{ success: true }, { success: true }], [[1], 7], ['table'], []],
  },
  {
    title: 'storage fails with error 2 without a key, and for data that is not JSON',
    run: async (my) => {
      const loop: Record<string, unknown> = {};
      loop.self = loop;
      const failed = await my.call('setStorage', { data: 1 }).catch(({ error }) => error);
      return [failed, my.setStorageSync('loop', loop), my.setStorageSync({} as never)].map((failure) => failure.error ?? failure);
    },
    expected: [2, 2, 2],
  },
  {
    title: 'request sends JSON, a form or a query',
    run: async (my, { echo }) => {
      const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const read = async (options: object) => {
        const { status, data } = await my.request({ url: echo, ...options });
        return [
          status,
          (data as { method: string }).method,
          (data as { type?: string }).type ?? '',
          (data as { body: string }).body,
        ];
      };
      const { data } = await my.httpRequest({ url: echo, data: { q: 'a b', none: undefined, of: [1] } });
      return [
        await read({ method: 'post', data: { cup: 'large' } }),
        await read({ method: 'PUT', data: 'plain', headers: { 'content-type': 'text/plain' } }),
        await read({ method: 'POST', data: { a: 1, b: { c: 2 } }, headers: form }),
        (data as { url: string }).url.split('?')[1],
      ];
    },
    expected: [
      [200, 'POST', 'application/json', '{"cup":"large"}'],
      [200, 'PUT', 'text/plain', 'plain'],
      [200, 'POST', 'application/x-www-form-urlencoded', 'a=1&b=%7B%22c%22%3A2%7D'],
      'q=a+b&of=%5B1%5D',
    ],
  },
  {
    title: 'request sends bytes as they are',
    run: async (my, { echo }) => {
      const { data } = await my.request({ url: echo, method: 'POST', data: new Uint8Array([104, 105]).buffer });
      return (data as { body: string }).body;
    },
    expected: 'hi',
  },
  {
    title: 'request reads text, Base64 and bytes',
    run: async (my, { text }) => {
      const { data } = await my.request({ url: text, dataType: 'text' });
      const base64 = await my.request({ url: text, dataType: 'base64' });
      const bytes = await my.request({ url: text, dataType: 'arraybuffer' });
      return [
        typeof data,
        atob(base64.data as string) === data,
        (bytes.data as ArrayBuffer).byteLength === (data as string).length,
      ];
    },
    expected: ['string', true, true],
  },
  {
    title: 'request tells its failures apart',
    run: async (my, { text, missing }) => {
      const failure = (url: string) =>
        my.request({ url }).then(
          () => 'done',
          ({ error, status, data }) => [error, status ?? 0, typeof data === 'object' ? data : typeof data],
        );
      return [await failure(text), await failure(missing), await failure('http://')];
    },
    expected: [
      [14, 200, 'string'],
      [19, 404, { here: 'nothing' }],
      [2, 0, 'undefined'],
    ],
  },
  {
    title: 'request returns a task that can be aborted, with a callback too',
    run: async (my, { echo }) => {
      const task = my.request({ url: echo });
      task.abort();
      const called = new Promise<number>((resolve) => {
        my.request({ url: echo, fail: ({ error }) => resolve(error) }).abort();
      });
      my.request({ url: echo }).abort();
      return [await task.catch(({ error }) => error), await called];
    },
    expected: [9, 9],
  },
  {
    title: 'a double of fetch does not cut the wallet off',
    run: async (my) => {
      const { fetch } = globalThis;
      globalThis.fetch = async () => new Response('{"double":true}');
      try {
        return (await my.getAuthCode({ scopes: 'USER_ID' })).authSuccessScopes;
      } finally {
        globalThis.fetch = fetch;
      }
    },
    expected: ['USER_ID'],
  },
];
