const status = document.querySelector('[data-status-line]');

async function copy(button) {
  const text = button.closest('.copy').querySelector('code');
  try {
    await navigator.clipboard.writeText(text.textContent);
  } catch {
    // There is no clipboard on plain http with another host name: select the text, so that the keyboard can copy it.
    getSelection().selectAllChildren(text);
    return;
  }
  button.classList.add('copied');
  status.textContent = button.dataset.said;
  setTimeout(() => {
    button.classList.remove('copied');
    status.textContent = '';
  }, 1600);
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-copy]');
  if (button) copy(button);
});
