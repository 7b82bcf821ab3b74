const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * The list of accounts in the sheet. The user's row opens it, typing searches it, and Escape goes back to the sheet. Arrow keys only move
 * the focus: Enter or a click chooses.
 */
export function setUpChooser(form) {
  const opener = form.querySelector('[data-user]');
  const dialog = form.querySelector('[data-chooser]');
  const search = dialog.querySelector('[data-search]');
  const found = dialog.querySelector('[data-found]');
  const options = [...dialog.querySelectorAll('[role="option"]')];
  const words = new Map(options.map((option) => [option, plain(`${option.textContent} ${option.value}`)]));
  const shown = () => options.filter(({ hidden }) => !hidden);

  /** Tab reaches one option: the selected one, or the one that had the focus last. */
  function setStop(stop) {
    for (const option of options) option.tabIndex = option === stop ? 0 : -1;
  }

  function filter() {
    const wanted = plain(search.value).split(/\s+/);
    for (const option of options) option.hidden = !wanted.every((word) => words.get(option).includes(word));
    const matches = shown();
    const isSearch = search.value.trim() !== '';
    for (const option of options) option.toggleAttribute('data-match', isSearch && option === matches[0]);
    setStop(matches.find(({ ariaSelected }) => ariaSelected === 'true') ?? matches[0]);
    found.toggleAttribute('data-empty', matches.length === 0);
    found.textContent = matches.length === 0 ? found.dataset.none : isSearch ? sayCount(matches.length) : '';
  }

  const sayCount = (count) => found.dataset.found.replace('{count}', count);

  function move(key) {
    const matches = shown();
    const at = matches.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: matches.length - 1 }[key];
    if (to < 0) search.focus();
    else matches[Math.min(to, matches.length - 1)]?.focus();
  }

  opener.addEventListener('click', () => {
    search.value = '';
    dialog.showModal();
    filter();
    // Not the search field: on a phone, its keyboard would cover the list.
    options.find(({ tabIndex }) => tabIndex === 0)?.focus();
  });
  search.addEventListener('input', filter);
  dialog.addEventListener('focusin', ({ target }) => {
    if (options.includes(target)) setStop(target);
  });
  dialog.addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (key.startsWith('Arrow') || (target !== search && /^(Home|End)$/.test(key))) {
      if (/^Arrow(Left|Right)$/.test(key)) return;
      event.preventDefault();
      move(key);
    } else if (target === search && key === 'Enter') {
      // Enter would press the first button of the form.
      event.preventDefault();
      if (!event.isComposing) dialog.querySelector('[data-match]')?.click();
    } else if (target !== search && /^\S$/u.test(key) && !ctrlKey && !metaKey && !altKey) {
      search.focus();
    }
  });
  // The dialog has no padding, so a click on the dialog itself is one on its backdrop.
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog || target.closest('[data-back]')) dialog.close();
  });
  dialog.addEventListener('close', () => opener.focus());
}
