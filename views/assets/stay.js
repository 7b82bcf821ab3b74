import { readClock } from './clock.js';

/** Names a form's control, so that it is found again in a new version of the page. */
function nameOf(control) {
  if (control.id) return `#${CSS.escape(control.id)}`;
  const action = control.form?.getAttribute('action');
  if (!action || !control.name) return undefined;
  const value = control.name === 'frozen' ? '' : `[value="${CSS.escape(control.value)}"]`;
  return `form[action="${CSS.escape(action)}"] [name="${CSS.escape(control.name)}"]${value}`;
}

/** Takes over the parts of a page that was loaded again. The focus stays at its control, else at the menu or part that has it. */
function takeOver(page) {
  const { activeElement } = document;
  const control = nameOf(activeElement);
  const menu = activeElement.closest('details[id]')?.id;
  const part = activeElement.closest('[data-part]')?.id;
  for (const fresh of page.querySelectorAll('[data-part]')) {
    const shown = document.getElementById(fresh.id);
    for (const open of shown?.querySelectorAll('[data-keep-open][open]') ?? [])
      fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute('open', '');
    if (shown && !shown.isEqualNode(fresh)) shown.replaceWith(fresh);
  }
  document.dispatchEvent(new Event('parts-replaced'));
  readClock();
  if (document.contains(activeElement)) return;
  const again = control && document.querySelector(control);
  const next = again?.checkVisibility() ? again : document.querySelector(`#${CSS.escape(menu ?? part ?? 'content')}`);
  (next?.querySelector(':scope > summary') ?? next)?.focus({ preventScroll: true });
}

/** Loads this page again and takes over its parts. */
export async function refresh() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (answer.ok) takeOver(new DOMParser().parseFromString(await answer.text(), 'text/html'));
}

/** Posts a form without leaving the page. An answer that leads to another page is followed. */
async function post(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'text/html' } });
  const { pathname, search } = new URL(answer.url);
  if (answer.redirected && pathname !== location.pathname) return location.assign(pathname + search);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  takeOver(page);
  document.querySelector('[data-done]').textContent = page.querySelector('[data-done]')?.textContent ?? '';
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('form[data-stay]')) return;
  event.preventDefault();
  post(form, event.submitter).catch(() => location.reload());
});
