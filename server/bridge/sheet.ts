import { jsapiError } from '../engine/jsapi-errors.ts';
import { config, walletOrigin } from './config.ts';
import { type CallResult, fail, isObject } from './core/call-result.ts';
import { startTimer } from './core/timer.ts';
import { type Modal, openModal, setStyle } from './layer.ts';

const css = `dialog{all:unset;position:fixed;inset:0;z-index:2147483647}
dialog::backdrop{background:none}`;

const frameStyle = {
  all: 'initial',
  display: 'block',
  position: 'fixed',
  top: '0',
  left: '0',
  width: '100%',
  height: '100%',
  border: '0',
  'z-index': '2147483647',
  background: 'transparent',
  // A frame is transparent only if its color scheme is that of its document.
  'color-scheme': 'light dark',
};

/** The sheet must say that it shows within this time after its frame has loaded. */
const shownTimeoutMs = 3000;

/** @param leavingTimeMs the time for which the sheet stays, to move out */
type Finish = (result: CallResult, leavingTimeMs?: number) => void;

/**
 * Shows a page of the wallet over the mini program, and waits for its result by postMessage.
 * The frame is in the page's own tree, not in a shadow root, so that tests find it.
 */
export function showSheet(url: string, id: string): Promise<CallResult> {
  if (!url.startsWith(`${walletOrigin}/`))
    return Promise.resolve(fail(jsapiError.unknown, `the sheet ${url} is not on ${walletOrigin}`));
  return new Promise((resolve) => {
    const stops: ((leavingTimeMs?: number) => void)[] = [];
    const finish: Finish = (result, leavingTimeMs) => {
      // The call ends first, whatever happens to the sheet.
      resolve(result);
      // A sheet that moves out is nothing that a test or a screen reader should find.
      frame.title = '';
      for (const stop of stops) stop(leavingTimeMs);
    };
    const frame = createFrame(url);
    const messages = listen(frame, id, finish);
    failUnlessShown(frame, messages, finish);
    stops.push(messages.stop, failIfBlocked(finish));
    stops.push(openFrame(frame, messages.dismiss, finish).close);
  });
}

function createFrame(url: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.title = config.siteName;
  frame.src = url;
  setStyle(frame, frameStyle);
  return frame;
}

interface Messages {
  /** Returns true if a message has come since the last call. */
  hasNew(): boolean;
  /** Asks the sheet to close. */
  dismiss(): void;
  stop(): void;
}

/** Reads the sheet's messages: that it shows, and its result. */
function listen(frame: HTMLIFrameElement, id: string, finish: Finish): Messages {
  let isNew = false;
  let isShown = false;
  let dismissed = false;
  const close = () => frame.contentWindow?.postMessage({ billetera: 'close', id }, walletOrigin);
  const onMessage = (event: MessageEvent) => {
    const data: unknown = event.data;
    if (event.source !== frame.contentWindow || event.origin !== walletOrigin || !isObject(data) || data.id !== id) return;
    event.stopImmediatePropagation();
    isShown = isNew = true;
    if (data.billetera === 'shown' && dismissed) close();
    if (data.billetera === 'result')
      finish({ ok: data.ok === true, result: isObject(data.result) ? data.result : {} }, data.leavingTimeMs as number);
  };
  window.addEventListener('message', onMessage, true);
  return {
    hasNew() {
      const had = isNew;
      isNew = false;
      return had;
    },
    dismiss() {
      // Before the sheet shows, it cannot receive a message. It is closed as soon as it shows.
      dismissed = true;
      if (isShown) close();
    },
    stop: () => window.removeEventListener('message', onMessage, true),
  };
}

/**
 * A page of the wallet posts that it shows, before or after its frame has loaded. A browser's error page does not, and the user could
 * never leave it.
 */
function failUnlessShown(frame: HTMLIFrameElement, messages: Messages, finish: Finish): void {
  frame.addEventListener('load', () => {
    frame.focus();
    if (messages.hasNew()) return;
    startTimer(shownTimeoutMs, () => {
      if (!messages.hasNew())
        finish(fail(jsapiError.network, `the sheet of ${config.siteName} could not be loaded from ${frame.src}`));
    });
  });
}

function openFrame(frame: HTMLIFrameElement, onDismiss: () => void, finish: Finish): Modal {
  const modal = openModal(
    css,
    ({ host }, dialog) => {
      dialog.setAttribute('aria-label', config.siteName);
      dialog.append(document.createElement('slot'));
      host.append(frame);
    },
    onDismiss,
    () => finish(fail(jsapiError.cancelled, "the page removed the wallet's sheet")),
  );
  // The frame has the focus now. Until the sheet loads it holds an empty page, whose keys we can read.
  frame.contentWindow?.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') onDismiss();
  });
  return modal;
}

/** Fails if the page's Content-Security-Policy blocks the frame. @returns how to stop */
function failIfBlocked(finish: Finish): () => void {
  const onViolation = (event: SecurityPolicyViolationEvent) => {
    if (event.disposition === 'report' || !/^(frame|child|default)-src/.test(event.effectiveDirective)) return;
    if (!event.blockedURI.startsWith(walletOrigin)) return;
    const message = `the page's Content-Security-Policy blocks the wallet's sheet; add ${walletOrigin} to frame-src`;
    finish(fail(jsapiError.notPermitted, message));
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  return () => document.removeEventListener('securitypolicyviolation', onViolation);
}
