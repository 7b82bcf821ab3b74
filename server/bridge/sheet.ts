import { config, walletOrigin } from './config.ts';
import { CANCELLED, isObject, NETWORK, NOT_PERMITTED, type Outcome, refuse, UNKNOWN } from './core/outcome.ts';
import { openModal, setStyle } from './layer.ts';

const CSS = `dialog,dialog::backdrop{background:none}
dialog{position:fixed;inset:0;width:100%;height:100%;max-width:none;max-height:none;margin:0;padding:0;border:0;outline:0;overflow:hidden}`;

const FRAME = {
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
  // A frame is transparent only where its scheme is its document's.
  'color-scheme': 'light dark',
};

const GRACE_MS = 3000;

/**
 * Shows a page of the wallet over the mini program, and waits for the result that it posts.
 * The frame stands in the page's own tree, where tests find it.
 */
export function showSheet(url: string, id: string): Promise<Outcome> {
  if (!url.startsWith(`${walletOrigin}/`)) return Promise.resolve(refuse(UNKNOWN, `the sheet ${url} is not on ${walletOrigin}`));
  return new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.title = config.siteName;
    frame.src = url;
    setStyle(frame, FRAME);
    let heardAt = Number.NEGATIVE_INFINITY;
    let dismissed = false;
    const close = () => frame.contentWindow?.postMessage({ billetera: 'close', id }, walletOrigin);
    // Until the sheet shows, nobody in it could hear of it.
    const dismiss = () => {
      dismissed = true;
      if (heardAt > 0) close();
    };
    frame.addEventListener('load', () => {
      frame.focus();
      const loadedAt = performance.now();
      // A page of the wallet says that it shows; a browser's error page in its place says nothing, and nobody could leave it.
      setTimeout(() => {
        if (heardAt < loadedAt - GRACE_MS)
          finish(refuse(NETWORK, `the sheet of ${config.siteName} could not be loaded from ${url}`));
      }, GRACE_MS);
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
        refuse(NOT_PERMITTED, `the page's Content-Security-Policy keeps the wallet's sheet out: frame-src needs ${walletOrigin}`),
      );
    };
    const gone = new MutationObserver(() => {
      if (!frame.isConnected) finish(refuse(CANCELLED, "the page removed the wallet's sheet"));
    });
    const finish = (outcome: Outcome) => {
      gone.disconnect();
      window.removeEventListener('message', onMessage, true);
      document.removeEventListener('securitypolicyviolation', onViolation);
      modal.close();
      resolve(outcome);
    };

    window.addEventListener('message', onMessage, true);
    document.addEventListener('securitypolicyviolation', onViolation);
    const modal = openModal(
      CSS,
      ({ host }, dialog) => {
        dialog.setAttribute('aria-label', config.siteName);
        dialog.append(document.createElement('slot'));
        host.append(frame);
      },
      dismiss,
    );
    // The frame has the focus by now; the empty page that is in it until the sheet comes is the page's own.
    frame.contentWindow?.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') dismiss();
    });
    gone.observe(document, { childList: true });
    gone.observe(document.documentElement, { childList: true });
    gone.observe(modal.host, { childList: true });
  });
}
