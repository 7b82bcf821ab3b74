import { leave } from './leave.js';

const STOPS = 'a[href], button, input:not([type="hidden"]), select, summary, [tabindex="0"]';

const canHaveFocus = (element) => !element.disabled && element.checkVisibility({ visibilityProperty: true });

/** A group of radio buttons has one stop, as in browsers: the checked one. */
const isStop = (element) => element.tabIndex >= 0 && canHaveFocus(element) && !(element.type === 'radio' && !element.checked);

/** The sheet that shows now. Its form is another one after a change of user. */
const currentSheet = () => document.querySelector('[data-sheet]');

/** A dialog over the sheet, such as the list of accounts. */
const openDialog = () => document.querySelector('dialog[open]');

const { shownTo } = document.body.dataset;
const isFramed = shownTo !== undefined && window.parent !== window;

/**
 * Tells the page around that the screen shows. The page waits for this message, because a browser's error page would send none. If
 * Escape is pressed in the page, it asks the screen to close.
 */
function sayShown() {
  if (!isFramed) return;
  const { ticket } = document.body.dataset;
  addEventListener('message', ({ source, origin, data }) => {
    if (source === window.parent && origin === shownTo && data?.billetera === 'close' && data.id === ticket) close();
  });
  window.parent.postMessage({ billetera: 'shown', id: ticket }, shownTo);
}

function close() {
  const dialog = openDialog();
  if (dialog) dialog.close();
  else currentSheet().querySelector('[data-close]')?.click();
}

/** Sets the focus where the sheet starts, but keeps a focus that was set before. */
function focusFirst() {
  const sheet = currentSheet();
  if (!sheet.contains(document.activeElement)) sheet.querySelector('[data-first]')?.focus({ preventScroll: true });
}

/**
 * Keeps the focus inside a sheet, or inside a dialog over it: it starts on the heading, and Tab wraps around. Escape closes the dialog, or
 * else presses the sheet's close button.
 */
export function holdFocus() {
  sayShown();
  focusFirst();
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      // The browser would close a dialog that it finds open, and empty a search field.
      event.preventDefault();
      close();
      return;
    }
    if (event.key !== 'Tab') return;
    const top = openDialog() ?? currentSheet();
    const stops = [...top.querySelectorAll(STOPS)].filter(isStop);
    const from = document.activeElement;
    const leaving = event.shiftKey ? from === stops[0] : from === stops.at(-1);
    if (leaving || !top.contains(from)) {
      event.preventDefault();
      stops.at(event.shiftKey ? -1 : 0)?.focus();
    }
  });
}

/**
 * A form can be answered once, even if a button is pressed several times.
 * @param setUp sets up the form for the next user, which takes the place of this one
 */
export function answerOnce(form, setUp) {
  if (isFramed) {
    form.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button?.type !== 'submit') return;
      event.preventDefault();
      if (form.ariaBusy === 'true' || !(button.formNoValidate || form.reportValidity())) return;
      markBusy(form, button);
      send(form, button, setUp);
    });
    return;
  }
  form.addEventListener('submit', (event) => {
    if (form.ariaBusy === 'true') event.preventDefault();
    else markBusy(form, event.submitter);
  });
  // A page that comes back from the browser's cache can be answered again.
  addEventListener('pageshow', () => {
    form.ariaBusy = null;
    for (const button of form.querySelectorAll('[data-pressed]')) button.removeAttribute('data-pressed');
  });
}

function markBusy(form, button) {
  form.ariaBusy = 'true';
  button?.toggleAttribute('data-pressed', true);
}

/**
 * Sends the form without leaving the page, so that the sheet is still there to close or to show the next user. A browser would also drop
 * the form of a frame in a sandbox without allow-forms.
 */
async function send(form, button, setUp) {
  try {
    const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form, button)) });
    const next = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (next.body.dataset.message) leave(next.body.dataset);
    else if (next.querySelector('form[data-sheet]')) showNext(next.querySelector('main'), setUp);
    // After a reset, the wallet does not know who may frame its notice.
    else if (response.status === 404) leave({ origin: shownTo, message: document.body.dataset.gone });
    else location.replace(response.url);
  } catch {
    // The page around notices if the screen cannot be loaded again, and ends the call.
    location.replace(form.action);
  }
}

/** Puts the form for the next user in the place of this one. It does not move in. Scrolled parts and an open drawer stay as they were. */
function showNext(main, setUp) {
  const scrolled = document.querySelector('.card-body').scrollTop;
  const isDrawerOpen = document.querySelector('[data-drawer][open]') !== null;
  document.documentElement.classList.add('settled');
  document.querySelector('main').replaceWith(main);
  document.querySelector('[data-drawer]')?.toggleAttribute('open', isDrawerOpen);
  document.querySelector('.card-body').scrollTop = scrolled;
  setUp(currentSheet());
  focusFirst();
}
