import { readClock, showClock } from './clock.js';

/** Names a form's control, so that it is found again in a new version of the page. */
function nameOf(control) {
  if (control.id) return `#${CSS.escape(control.id)}`;
  const action = control.form?.getAttribute('action');
  if (!action || !control.name) return undefined;
  const value = control.name === 'frozen' ? '' : `[value="${CSS.escape(control.value)}"]`;
  return `form[action="${CSS.escape(action)}"] [name="${CSS.escape(control.name)}"]${value}`;
}

/**
 * Gives a part of a new page what a person did to the shown one: opened details stay open. A refresh also keeps menus open and the clock
 * as it is; the answer to a form closes the menu that has the form.
 */
function keepState(shown, fresh, kind) {
  for (const open of shown.querySelectorAll('[data-keep-open][open]'))
    fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute('open', '');
  if (kind === 'answer') return;
  if (shown.matches('.menu')) fresh.open = shown.open;
  const face = shown.querySelector('[data-clock]');
  if (face) fresh.querySelector('[data-clock]').replaceWith(face.cloneNode(true));
}

/**
 * Takes over the parts of a page that was loaded again. The focus stays at its control, else at the menu or part that has it.
 * @param kind `answer` to a form, or `refresh`: it replaces no part in which a person fills in a field
 */
function takeOver(page, kind) {
  const { activeElement } = document;
  const control = nameOf(activeElement);
  const menu = activeElement.closest('details[id]')?.id;
  const part = activeElement.closest('[data-part]');
  const isFilledIn = kind === 'refresh' && activeElement.matches('input, select, textarea');
  for (const fresh of page.querySelectorAll('[data-part]')) {
    const shown = document.getElementById(fresh.id);
    if (!shown || (isFilledIn && shown === part)) continue;
    keepState(shown, fresh, kind);
    if (!shown.isEqualNode(fresh)) shown.replaceWith(fresh);
  }
  document.dispatchEvent(new Event('parts-replaced'));
  if (kind === 'answer') readClock();
  else showClock();
  if (document.contains(activeElement)) return;
  const again = control && document.querySelector(control);
  const next = again?.checkVisibility() ? again : document.querySelector(`#${CSS.escape(menu ?? part?.id ?? 'content')}`);
  (next?.querySelector(':scope > summary') ?? next)?.focus({ preventScroll: true });
}

const controls = 'a, button, input, label, select, summary';
/** Ends when no control is held down. A control that is replaced while it is pressed would lose the press. */
let released = Promise.resolve();
/** Ends that promise. Undefined if no control is held down. */
let release;
for (const press of ['keydown', 'pointerdown'])
  addEventListener(press, ({ target }) => {
    if (release || !target.closest(controls)) return;
    released = new Promise((resolve) => {
      release = resolve;
    });
  });
for (const end of ['keyup', 'pointerup', 'pointercancel', 'blur'])
  addEventListener(end, () => {
    // The browser clicks the control after this event.
    if (release) setTimeout(release);
    release = undefined;
  });

let last = Promise.resolve();
let loads = 0;

/** Loads pages one after the other, so that what is shown last is also the newest. */
function inTurn(load) {
  loads += 1;
  const loaded = last.then(load).finally(() => {
    loads -= 1;
  });
  last = loaded.catch(() => undefined);
  return loaded;
}

/** Returns true while a page is loaded. It may be older than a message of the stream that comes meanwhile. */
export const isLoading = () => loads > 0;

let waiting;

/** Loads this page again and takes over its parts. If that waits already, it does not load twice. */
export function refresh() {
  waiting ??= inTurn(async () => {
    waiting = undefined;
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    await released;
    takeOver(page, 'refresh');
  });
  return waiting;
}

/** Posts a form without leaving the page. An answer that leads to another page is followed. */
async function post(action, body) {
  const answer = await fetch(action, { method: 'POST', body, headers: { accept: 'text/html' } });
  const { pathname, search } = new URL(answer.url);
  if (answer.redirected && pathname !== location.pathname) return location.assign(pathname + search);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  await released;
  takeOver(page, 'answer');
  document.querySelector('[data-done]').textContent = page.querySelector('[data-done]')?.textContent ?? '';
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('form[data-stay]')) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  inTurn(() => post(form.action, body)).catch(() => location.reload());
});
