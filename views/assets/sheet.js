import { postAnswer } from './post-answer.js';

/**
 * Keeps the keyboard inside a sheet: focus starts on its heading, Tab goes round, Escape is the close button.
 * A sheet is answered once, however often a button is pressed.
 */
const STOPS = 'a[href], button, input:not([type="hidden"]), select, summary, [tabindex="0"]';

const canHaveFocus = (element) => !element.disabled && element.checkVisibility({ visibilityProperty: true });

/** One stop for a group of radio buttons, as the browser has it: the one that is chosen. */
const isStop = (element) => canHaveFocus(element) && !(element.type === 'radio' && !element.checked);

/**
 * The page around waits to hear that the screen shows: a browser's own error page would say nothing. Where Escape was pressed out there,
 * it has the screen closed.
 */
function sayShown({ shownTo, ticket }, close) {
  if (!shownTo || window.parent === window) return;
  addEventListener('message', ({ source, origin, data }) => {
    if (source === window.parent && origin === shownTo && data?.billetera === 'close' && data.id === ticket) close();
  });
  window.parent.postMessage({ billetera: 'shown', id: ticket }, shownTo);
}

export function holdFocus(sheet) {
  const close = () => sheet.querySelector('[data-close]')?.click();
  sayShown(document.body.dataset, close);
  // Who was faster than this script keeps the focus that they chose.
  if (!sheet.contains(document.activeElement)) sheet.querySelector('[data-first]')?.focus({ preventScroll: true });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      close();
      return;
    }
    if (event.key !== 'Tab') return;
    const stops = [...sheet.querySelectorAll(STOPS)].filter(isStop);
    const from = document.activeElement;
    const leaving = event.shiftKey ? from === stops[0] : from === stops.at(-1);
    if (leaving || !sheet.contains(from)) {
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
    form.ariaBusy = 'true';
  });
  form.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button?.type !== 'submit' || form.ariaBusy === 'true') return;
    isSent = false;
    const data = new FormData(form, button);
    setTimeout(() => {
      if (!isSent && (button.formNoValidate || form.checkValidity())) sendFromSandbox(form, data);
    });
  });
  // Back from the browser's cache, the form can be answered again.
  addEventListener('pageshow', () => {
    form.ariaBusy = null;
  });
}

/** A sandbox without allow-forms drops a form, and tells nobody. */
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
