import { language } from './config.ts';
import { startTimer } from './core/timer.ts';

/** An element over the page with its own styles. The page's styles do not reach into it. */
export interface Layer {
  host: HTMLElement;
  root: ShadowRoot;
}

export interface Modal extends Layer {
  dialog: HTMLDialogElement;
  /**
   * Removes the dialog, and returns the focus to where it was. Never throws.
   * @param leavingTimeMs the time for which the dialog stays visible; the page can be used again at once
   */
  close(leavingTimeMs?: number): void;
}

/** Sets styles that win over the page's. They are set through CSSOM, which no Content-Security-Policy blocks. */
export function setStyle(element: HTMLElement, style: Record<string, string>): void {
  for (const property of Object.keys(style)) element.style.setProperty(property, style[property] ?? '', 'important');
}

/** Chooses a text in the browser's language, or else in the page's, as the wallet's screens do. */
export function translate(es: string, en: string): string {
  const tags = [language, ...navigator.languages, document.documentElement.lang];
  return /^es/i.test(tags.find((tag) => /^(es|en)\b/i.test(tag)) ?? '') ? es : en;
}

let openModals = 0;
let removeLeaving = () => {};

/** Returns true if the user is being asked something, by a dialog or by the wallet's sheet. */
export function isModalOpen(): boolean {
  return openModals > 0;
}

export function openLayer(css: string): Layer {
  const host = document.createElement('billetera-layer');
  setStyle(host, { all: 'initial', display: 'contents' });
  const root = host.attachShadow({ mode: 'open' });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // An older browser shows the layer without our styles.
  }
  // Next to the body, so that a framework that renders into the body does not remove it.
  document.documentElement.append(host);
  return { host, root };
}

/**
 * Opens a modal dialog in the top layer, above the page's own dialogs. The page behind it is inert.
 * @param fill adds the content, before the dialog shows
 * @param onDismiss called for Escape or a phone's back gesture; it decides whether to close the dialog
 * @param onRemoved called if the page removes or moves the dialog
 */
export function openModal(
  css: string,
  fill: (layer: Layer, dialog: HTMLDialogElement) => void,
  onDismiss: () => void,
  onRemoved: () => void,
): Modal {
  removeLeaving();
  const before = document.activeElement;
  const layer = openLayer(css);
  const dialog = document.createElement('dialog');
  let closed = false;
  const show = () => {
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute('open', '');
  };
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    onDismiss();
  });
  // A browser ignores preventDefault on the second cancel in a row, and closes the dialog. Open it again.
  dialog.addEventListener('close', () => {
    if (closed) return;
    show();
    onDismiss();
  });
  layer.root.append(dialog);
  fill(layer, dialog);
  const stopWatching = watchRemoval(layer, onRemoved);
  show();
  openModals++;
  return {
    ...layer,
    dialog,
    close(leavingTimeMs) {
      if (closed) return;
      closed = true;
      openModals--;
      stopWatching();
      removeLeaving = () => layer.host.remove();
      if (leavingTimeMs) {
        layer.host.inert = true;
        // No longer in the top layer, where it would block the page.
        dialog.close();
        dialog.show();
        startTimer(leavingTimeMs, removeLeaving);
      } else removeLeaving();
      try {
        if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      } catch {
        // The page has replaced focus().
      }
    },
  };
}

/** Calls `onRemoved` when the layer, or an element around or in it, is removed or moved. @returns how to stop */
function watchRemoval({ host, root }: Layer, onRemoved: () => void): () => void {
  const page = document.documentElement;
  const shown: Node[] = [page, host, ...Array.from(host.childNodes), ...Array.from(root.childNodes)];
  const observer = new MutationObserver((records) => {
    const removed = records.flatMap(({ removedNodes }) => Array.from(removedNodes));
    if (removed.some((node) => shown.includes(node))) onRemoved();
  });
  for (const parent of [document, page, host, root]) observer.observe(parent, { childList: true });
  return () => observer.disconnect();
}
