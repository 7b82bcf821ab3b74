/** An element over the page, closed to the page's styles; what is in it has its own. */
export interface Layer {
  host: HTMLElement;
  root: ShadowRoot;
}

export interface Modal extends Layer {
  dialog: HTMLDialogElement;
  /** Takes it away; the focus returns to where it was. */
  close(): void;
}

/** Sets styles through CSSOM, which a page's Content-Security-Policy lets pass, and over the page's own. */
export function setStyle(element: HTMLElement, style: Record<string, string>): void {
  for (const property of Object.keys(style)) element.style.setProperty(property, style[property] ?? '', 'important');
}

/** The wallet speaks the browser's language, else the page's, as its screens do. */
export function inWords(es: string, en: string): string {
  const tags = [...navigator.languages, document.documentElement.lang];
  return /^es/i.test(tags.find((tag) => /^(es|en)\b/i.test(tag)) ?? '') ? es : en;
}

let modals = 0;

/** Whether the wallet asks something just now. */
export function isAsking(): boolean {
  return modals > 0;
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
    // An older browser shows it without our styles.
  }
  // Beside the body: a framework that renders into the body does not wipe it out.
  document.documentElement.append(host);
  return { host, root };
}

/**
 * Opens a modal dialog in the top layer: over a dialog of the page's own too, with the page inert behind it.
 * `onDismiss` is called for Escape (or a phone's back gesture); closing is its to decide.
 */
export function openModal(css: string, fill: (layer: Layer, dialog: HTMLDialogElement) => void, onDismiss: () => void): Modal {
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
  // A browser lets a cancel be prevented once only, then closes all the same.
  dialog.addEventListener('close', () => {
    if (closed) return;
    show();
    onDismiss();
  });
  layer.root.append(dialog);
  fill(layer, dialog);
  show();
  modals++;
  return {
    ...layer,
    dialog,
    close() {
      if (!closed) modals--;
      closed = true;
      if (dialog.close) dialog.close();
      layer.host.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
  };
}
