import { type CallResult, type Handler, succeed, text } from './core/call-result.ts';
import { startTimer } from './core/timer.ts';
import { isModalOpen, type Layer, openLayer, translate } from './layer.ts';

const css = `:host{pointer-events:none}
div{position:fixed;inset:0;width:fit-content;height:fit-content;max-width:calc(100vw - 6rem);box-sizing:border-box;margin:auto;padding:12px 18px;
border:1px solid transparent;border-radius:14px;background:rgba(0,0,0,.85);color:#fff;font:16px/1.4 system-ui,sans-serif;text-align:center;
white-space:pre-wrap;overflow-wrap:anywhere;pointer-events:none;z-index:2147483647}
div:empty{opacity:0}
.wait{min-width:8rem;padding:18px 20px 14px}
i{display:block;box-sizing:border-box;width:30px;height:30px;margin:0 auto 10px;border:3px solid rgba(255,255,255,.3);border-top-color:#fff;border-radius:50%;
animation:turn .8s linear infinite}
@keyframes turn{to{transform:rotate(1turn)}}
@media(prefers-reduced-motion:reduce){i{animation:none}}`;

const signs = new Map([
  ['success', '✓ '],
  ['fail', '✕ '],
  ['exception', '! '],
]);

interface Notice {
  show(words: string): void;
  hide(): void;
}

/**
 * Makes a line of text over the page. Screen readers speak it; it takes neither focus nor clicks.
 * @param isLoading shows a spinner, and stays below an open dialog or sheet
 */
function notice(isLoading = false): Notice {
  let layer: Layer | undefined;
  return {
    show(words) {
      this.hide();
      layer = openLayer(css);
      const box = document.createElement('div');
      box.setAttribute('role', 'status');
      box.dir = 'auto';
      if (isLoading) box.className = 'wait';
      layer.root.append(box);
      if (!isLoading || !isModalOpen()) {
        box.popover = 'manual';
        // The top layer is above the page's own dialogs too.
        box.showPopover?.();
      }
      // Screen readers only speak what changes in a live region, so the text comes after it.
      startTimer(0, () => {
        if (isLoading) box.append(document.createElement('i'));
        box.append(words);
      });
    },
    hide() {
      layer?.host.remove();
      layer = undefined;
    },
  };
}

const toast = notice();
const loading = notice(true);
let toastEnded = () => {};
let stopLoadingTimer = () => {};

/** Ends when the toast has gone, as it does in the wallets. */
const showToast: Handler = (params) =>
  new Promise<CallResult>((resolve) => {
    toastEnded();
    toast.show((signs.get(text(params.type)) ?? '') + text(params.content));
    const stopTimer = startTimer(Number(params.duration) || 2000, () => toastEnded());
    toastEnded = () => {
      stopTimer();
      toast.hide();
      toastEnded = () => {};
      resolve(succeed());
    };
  });

const hideToast: Handler = () => {
  toastEnded();
  return succeed();
};

const showLoading: Handler = (params) => {
  stopLoadingTimer();
  stopLoadingTimer = startTimer(Number(params.delay) || 0, () =>
    loading.show(text(params.content ?? params.text) || translate('Cargando…', 'Loading…')),
  );
  return succeed();
};

const hideLoading: Handler = () => {
  stopLoadingTimer();
  loading.hide();
  return succeed();
};

export const toasts: Record<string, Handler> = { showToast, hideToast, showLoading, hideLoading };
