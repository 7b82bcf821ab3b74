/**
 * The published code uses these instead of the globals of the same names. scripts/bundle.mjs puts these imports into all of it,
 * the bundled packages included. Test environments replace globals: jsdom and happy-dom bring classes of another realm, so that
 * `instanceof` fails, and fake timers stand still. The modules of Node stay as they are.
 */
import { atob, Buffer, btoa } from 'node:buffer';
import { webcrypto } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import timers from 'node:timers';
import { URL, URLSearchParams } from 'node:url';
import { TextDecoder, TextEncoder, transferableAbortController } from 'node:util';
import { deserialize, serialize } from 'node:v8';

export { atob, Buffer, btoa, performance, TextDecoder, TextEncoder, URL, URLSearchParams, webcrypto as crypto };

// Read once: fake timers also replace the properties of node:timers and process.
const { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } = timers;
const { nextTick } = process;

export { clearImmediate, clearInterval, clearTimeout, nextTick as 'process.nextTick', setImmediate, setInterval, setTimeout };

/** Promises are not replaced by fake timers; the global queueMicrotask is. */
const runSoon = (task: () => void) => void Promise.resolve().then(task);

export { runSoon as queueMicrotask };

// No module exports these classes, so they come from objects that Node makes.
const RealUint8Array = Object.getPrototypeOf(Buffer) as Uint8ArrayConstructor;
const RealArrayBuffer = Buffer.alloc(0).buffer.constructor as ArrayBufferConstructor;
const RealAbortController = transferableAbortController().constructor as typeof AbortController;

export { RealAbortController as AbortController, RealArrayBuffer as ArrayBuffer, RealUint8Array as Uint8Array };

export const structuredClone = <Value>(value: Value): Value => deserialize(serialize(value));
