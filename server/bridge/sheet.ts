import { jsapiError } from '../engine/jsapi-errors.ts';
import { config, walletOrigin } from './config.ts';
import { type CallResult, fail, isObject } from './core/call-result.ts';
import { startTimer } from './core/timer.ts';
import { type Modal, openModal, setStyle } from './layer.ts';

const css = `dialog,dialog::backdrop{background:none}
dialog{position:fixed;inset:0;width:100%;height:100%;max-width:none;max-height:none;margin:0;padding:0;border:0;outline:0;overflow:hidden}`;

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

type Finish = (result: CallResult) => void;

/**
 * Shows a page of the wallet over the mini program, and waits for its result by postMessage.
 * The frame is in the page's own tree, not in a shadow root, so that tests find it.
 */
export function showSheet(url: string, id: string): Promise<CallResult> {
  if (!url.startsWith(`${walletOrigin}/`))
    return Promise.resolve(fail(jsapiError.unknown, `the sheet ${url} is not on ${walletOrigin}`));
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const finish: Finish = (result) => {
      // The call ends first, whatever happens to the sheet.
      resolve(result);
      for (const stop of stops) stop();
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
  /** True if a message came in the last `shownTimeoutMs`. */
  isRecent(): boolean;
  /** Asks the sheet to close. */
  dismiss(): void;
  stop(): void;
}

/** Reads the sheet's messages: that it shows, and its result. */
function listen(frame: HTMLIFrameElement, id: string, finish: Finish): Messages {
  let recent = 0;
  let isShown = false;
  let dismissed = false;
  const close = () => frame.contentWindow?.postMessage({ billetera: 'close', id }, walletOrigin);
  const onMessage = (event: MessageEvent) => {
    const data: unknown = event.data;
    if (event.source !== frame.contentWindow || event.origin !== walletOrigin || !isObject(data) || data.id !== id) return;
    event.stopImmediatePropagation();
    isShown = true;
    recent++;
    startTimer(shownTimeoutMs, () => recent--);
    if (data.billetera === 'shown' && dismissed) close();
    if (data.billetera === 'result') finish({ ok: data.ok === true, result: isObject(data.result) ? data.result : {} });
  };
  window.addEventListener('message', onMessage, true);
  return {
    isRecent: () => recent > 0,
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
    if (messages.isRecent()) return;
    startTimer(shownTimeoutMs, () => {
      if (!messages.isRecent())
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
