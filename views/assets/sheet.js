/**
 * Keeps the keyboard inside a sheet: focus starts on its heading, Tab goes round, Escape is the close button.
 * A sheet is answered once, however often a button is pressed.
 */
const STOPS = 'a[href], button, input:not([type="hidden"]), select, summary, [tabindex="0"]';

const canHaveFocus = (element) => !element.disabled && element.checkVisibility({ visibilityProperty: true });

/** One stop for a group of radio buttons, as the browser has it: the one that is chosen. */
const isStop = (element) => canHaveFocus(element) && !(element.type === 'radio' && !element.checked);

/** The page around waits to hear that the screen shows: a browser's own error page would say nothing. */
function sayShown({ shownTo, ticket }) {
  if (shownTo && window.parent !== window) window.parent.postMessage({ billetera: 'shown', id: ticket }, shownTo);
}

export function holdFocus(sheet) {
  sayShown(document.body.dataset);
  // Who was faster than this script keeps the focus that they chose.
  if (!sheet.contains(document.activeElement)) sheet.querySelector('[data-first]')?.focus({ preventScroll: true });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      sheet.querySelector('[data-close]')?.click();
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
  form.addEventListener('submit', (event) => {
    if (form.ariaBusy === 'true') event.preventDefault();
    form.ariaBusy = 'true';
  });
  // Back from the browser's cache, the form can be answered again.
  addEventListener('pageshow', () => {
    form.ariaBusy = null;
  });
}
