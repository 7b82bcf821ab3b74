import { postAnswer } from './post-answer.js';

/**
 * Keeps the focus inside a sheet, or inside a dialog over it: it starts on the heading, and Tab wraps around. Escape closes the dialog, or
 * else presses the sheet's close button.
 * A sheet can be answered once, even if a button is pressed several times.
 */
const STOPS = 'a[href], button, input:not([type="hidden"]), select, summary, [tabindex="0"]';

const canHaveFocus = (element) => !element.disabled && element.checkVisibility({ visibilityProperty: true });

/** A group of radio buttons has one stop, as in browsers: the checked one. */
const isStop = (element) => element.tabIndex >= 0 && canHaveFocus(element) && !(element.type === 'radio' && !element.checked);

/** A dialog over the sheet, such as the list of accounts. */
const openDialog = () => document.querySelector('dialog[open]');

/**
 * Tells the page around that the screen shows. The page waits for this message, because a browser's error page would send none. If
 * Escape is pressed in the page, it asks the screen to close.
 */
function sayShown({ shownTo, ticket }, close) {
  if (!shownTo || window.parent === window) return;
  addEventListener('message', ({ source, origin, data }) => {
    if (source === window.parent && origin === shownTo && data?.billetera === 'close' && data.id === ticket) close();
  });
  window.parent.postMessage({ billetera: 'shown', id: ticket }, shownTo);
}

export function holdFocus(sheet) {
  const close = () => {
    const dialog = openDialog();
    if (dialog) dialog.close();
    else sheet.querySelector('[data-close]')?.click();
  };
  sayShown(document.body.dataset, close);
  // Keep a focus that was set before this script ran.
  if (!sheet.contains(document.activeElement)) sheet.querySelector('[data-first]')?.focus({ preventScroll: true });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      // The browser would close a dialog that it finds open, and empty a search field.
      event.preventDefault();
      close();
      return;
    }
    if (event.key !== 'Tab') return;
    const top = openDialog() ?? sheet;
    const stops = [...top.querySelectorAll(STOPS)].filter(isStop);
    const from = document.activeElement;
    const leaving = event.shiftKey ? from === stops[0] : from === stops.at(-1);
    if (leaving || !top.contains(from)) {
      event.preventDefault();
      stops.at(event.shiftKey ? -1 : 0)?.focus();
    }
  });
}

export function answerOnce(form) {
  let isSent = false;
  form.addEventListener('submit', (event) => {
    isSent = true;
    if (form.ariaBusy === 'true') event.preventDefault();
    else event.submitter?.toggleAttribute('data-pressed', true);
    form.ariaBusy = 'true';
  });
  form.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button?.type !== 'submit' || form.ariaBusy === 'true') return;
    isSent = false;
    const data = new FormData(form, button);
    runNext(() => {
      if (isSent || !(button.formNoValidate || form.checkValidity())) return;
      button.toggleAttribute('data-pressed', true);
      sendFromSandbox(form, data);
    });
  });
  // A page that comes back from the browser's cache can be answered again.
  addEventListener('pageshow', () => {
    form.ariaBusy = null;
    for (const button of form.querySelectorAll('[data-pressed]')) button.removeAttribute('data-pressed');
  });
}

/** Runs a task after the current one. A test that has paused the page's clock does not hold it up, as it does with setTimeout. */
function runNext(task) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    task();
  };
  port2.postMessage(null);
}

/** In a sandbox without allow-forms, the browser drops a form without an error, so it is sent by fetch. */
async function sendFromSandbox(form, data) {
  form.ariaBusy = 'true';
  try {
    const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(data) });
    const next = new DOMParser().parseFromString(await response.text(), 'text/html');
    const ended = next.querySelector('[data-message]');
    if (!ended || !postAnswer(ended.dataset)) location.replace(response.url);
  } finally {
    form.ariaBusy = null;
  }
}
