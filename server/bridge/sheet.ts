import { jsapiError } from '../engine/jsapi-errors.ts';
import { config, walletOrigin } from './config.ts';
import { type CallResult, fail, isObject } from './core/call-result.ts';
import { openModal, setStyle } from './layer.ts';

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

/** How long the sheet may take, once its frame has loaded, to say that it shows. */
const shownTimeoutMs = 3000;

/**
 * Shows a page of the wallet over the mini program, and waits for its result by postMessage.
 * The frame is in the page's own tree, not in a shadow root, so that tests find it.
 */
export function showSheet(url: string, id: string): Promise<CallResult> {
  if (!url.startsWith(`${walletOrigin}/`))
    return Promise.resolve(fail(jsapiError.unknown, `the sheet ${url} is not on ${walletOrigin}`));
  return new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.title = config.siteName;
    frame.src = url;
    setStyle(frame, frameStyle);
    let heardAt = Number.NEGATIVE_INFINITY;
    let dismissed = false;
    const close = () => frame.contentWindow?.postMessage({ billetera: 'close', id }, walletOrigin);
    // Before the sheet shows, it cannot receive a message. It is closed as soon as it shows.
    const dismiss = () => {
      dismissed = true;
      if (heardAt > 0) close();
    };
    frame.addEventListener('load', () => {
      frame.focus();
      const loadedAt = performance.now();
      // A page of the wallet posts that it shows. A browser's error page does not, and the user could never leave it.
      setTimeout(() => {
        if (heardAt < loadedAt - shownTimeoutMs)
          finish(fail(jsapiError.network, `the sheet of ${config.siteName} could not be loaded from ${url}`));
      }, shownTimeoutMs);
    });

    const onMessage = (event: MessageEvent) => {
      const data: unknown = event.data;
      if (event.source !== frame.contentWindow || event.origin !== walletOrigin || !isObject(data)) return;
      if (data.id !== id) return;
      event.stopImmediatePropagation();
      heardAt = performance.now();
      if (data.billetera === 'shown' && dismissed) close();
      if (data.billetera !== 'result') return;
      finish({ ok: data.ok === true, result: isObject(data.result) ? data.result : {} });
    };
    const onViolation = (event: SecurityPolicyViolationEvent) => {
      if (event.disposition === 'report' || !/^(frame|child|default)-src/.test(event.effectiveDirective)) return;
      if (!event.blockedURI.startsWith(walletOrigin)) return;
      finish(
        fail(
          jsapiError.notPermitted,
          `the page's Content-Security-Policy blocks the wallet's sheet; add ${walletOrigin} to frame-src`,
        ),
      );
    };
    const removal = new MutationObserver(() => {
      if (!frame.isConnected) finish(fail(jsapiError.cancelled, "the page removed the wallet's sheet"));
    });
    const finish = (result: CallResult) => {
      removal.disconnect();
      window.removeEventListener('message', onMessage, true);
      document.removeEventListener('securitypolicyviolation', onViolation);
      modal.close();
      resolve(result);
    };

    window.addEventListener('message', onMessage, true);
    document.addEventListener('securitypolicyviolation', onViolation);
    const modal = openModal(
      css,
      ({ host }, dialog) => {
        dialog.setAttribute('aria-label', config.siteName);
        dialog.append(document.createElement('slot'));
        host.append(frame);
      },
      dismiss,
    );
    // The frame has the focus now. Until the sheet loads it holds an empty page, whose keys we can read.
    frame.contentWindow?.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') dismiss();
    });
    removal.observe(document, { childList: true });
    removal.observe(document.documentElement, { childList: true });
    removal.observe(modal.host, { childList: true });
  });
}
