import './clock.js';
import './stay.js';
import { listen } from './stream.js';

/** Closes the open menus, but not the one that an element is in. */
function closeMenus(except) {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(except)) menu.open = false;
}

document.addEventListener('click', ({ target }) => closeMenus(target));
document.addEventListener('keydown', ({ key }) => {
  const open = key === 'Escape' && document.querySelector('details.menu[open]');
  if (!open) return;
  open.open = false;
  if (open.contains(document.activeElement)) open.querySelector('summary').focus();
});

listen('active', ({ active, text }) => {
  const chip = document.querySelector('[data-scenarios-on]');
  chip.textContent = text;
  chip.hidden = active.length === 0;
});

// A page that is loaded again does not say again what was done before.
const address = new URL(location.href);
if (address.searchParams.has('done')) {
  address.searchParams.delete('done');
  history.replaceState(history.state, '', address);
}
