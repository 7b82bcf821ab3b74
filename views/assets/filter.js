/**
 * Shows only the items of the page's lists that have the typed words, without regard to case and accents. The field needs a script, so
 * the page hides it until now.
 */
const filter = document.querySelector('[data-filter]');
const none = document.querySelector('[data-filter-none]');

function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function apply() {
  const words = plain(filter.querySelector('input').value).split(/\s+/);
  const searching = words.some((word) => word !== '');
  let found = 0;
  for (const item of document.querySelectorAll('[data-filtered] > li')) {
    const text = plain(item.textContent);
    item.hidden = !words.every((word) => text.includes(word));
    if (!item.hidden) found++;
  }
  for (const group of document.querySelectorAll('[data-filter-group]'))
    group.hidden = searching && group.querySelector('[data-filtered] > li:not([hidden])') === null;
  if (none) none.textContent = found === 0 ? none.dataset.text : '';
}

// A comparison without differences has no filter.
if (filter) {
  filter.hidden = false;
  filter.addEventListener('input', apply);
  // Parts of the page that were replaced are filtered again.
  document.addEventListener('parts-replaced', apply);
}
