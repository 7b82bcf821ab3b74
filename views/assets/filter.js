/** Shows only the items of a list that have the typed words. The field needs a script, so the page hides it until now. */
const filter = document.querySelector('[data-filter]');
filter.hidden = false;

function apply() {
  const words = filter.querySelector('input').value.toLowerCase().split(/\s+/);
  for (const item of document.querySelectorAll('.people > li')) {
    const text = item.textContent.toLowerCase();
    item.hidden = !words.every((word) => text.includes(word));
  }
}

document.addEventListener('input', ({ target }) => {
  if (target.id === 'filter') apply();
});
