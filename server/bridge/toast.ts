import { offer } from './call.ts';
import { type Handler, type Outcome, succeed, text } from './core/outcome.ts';
import { inWords, isAsking, type Layer, openLayer } from './layer.ts';

const CSS = `:host{pointer-events:none}
div{position:fixed;inset:0;width:fit-content;height:fit-content;max-width:calc(100vw - 6rem);box-sizing:border-box;margin:auto;padding:12px 18px;
border:1px solid transparent;border-radius:14px;background:rgba(0,0,0,.85);color:#fff;font:16px/1.4 system-ui,sans-serif;text-align:center;
white-space:pre-wrap;overflow-wrap:anywhere;pointer-events:none;z-index:2147483647}
div:empty{opacity:0}
.wait{min-width:8rem;padding:18px 20px 14px}
i{display:block;box-sizing:border-box;width:30px;height:30px;margin:0 auto 10px;border:3px solid rgba(255,255,255,.3);border-top-color:#fff;border-radius:50%;
animation:turn .8s linear infinite}
@keyframes turn{to{transform:rotate(1turn)}}
@media(prefers-reduced-motion:reduce){i{animation:none}}`;

const SIGNS = new Map([
  ['success', '✓ '],
  ['fail', '✕ '],
  ['exception', '! '],
]);

interface Notice {
  show(words: string): void;
  hide(): void;
}

/**
 * A line over the page that a screen reader speaks. It takes neither focus nor clicks.
 * @param waits it turns, and stays below what the wallet asks
 */
function notice(waits = false): Notice {
  let layer: Layer | undefined;
  return {
    show(words) {
      this.hide();
      layer = openLayer(CSS);
      const box = document.createElement('div');
      box.setAttribute('role', 'status');
      box.dir = 'auto';
      if (waits) box.className = 'wait';
      layer.root.append(box);
      if (!waits || !isAsking()) {
        box.popover = 'manual';
        // In the top layer it is over the page's dialogs as well.
        box.showPopover?.();
      }
      // A live region speaks of what changes in it.
      setTimeout(() => {
        if (waits) box.append(document.createElement('i'));
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
let loadingTimer: ReturnType<typeof setTimeout> | undefined;

/** Ends when the toast has gone, as in the wallets. */
const showToast: Handler = (params) =>
  new Promise<Outcome>((resolve) => {
    toastEnded();
    toast.show((SIGNS.get(text(params.type)) ?? '') + text(params.content));
    const timer = setTimeout(() => toastEnded(), Number(params.duration) || 2000);
    toastEnded = () => {
      clearTimeout(timer);
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
  clearTimeout(loadingTimer);
  loadingTimer = setTimeout(
    () => loading.show(text(params.content ?? params.text) || inWords('Cargando…', 'Loading…')),
    Number(params.delay) || 0,
  );
  return succeed();
};

const hideLoading: Handler = () => {
  clearTimeout(loadingTimer);
  loading.hide();
  return succeed();
};

export function offerToasts(): void {
  offer({ showToast, hideToast, showLoading, hideLoading });
}
