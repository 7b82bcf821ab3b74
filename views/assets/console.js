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

/** Loads this page again and takes over its live part, which the server renders. */
async function reloadContent(journal) {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('[data-entries]');
  const shown = journal.querySelector('[data-entries]');
  if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh);
}

function follow(journal) {
  const live = journal.querySelector('[data-live]');
  const stream = new EventSource(journal.dataset.stream);
  let reading = false;
  let again = false;
  const update = async () => {
    again = true;
    if (reading) return;
    reading = true;
    while (again) {
      again = false;
      await reloadContent(journal).catch(() => undefined);
    }
    reading = false;
  };
  stream.addEventListener('open', () => {
    live.hidden = false;
    update();
  });
  stream.addEventListener('error', () => {
    live.hidden = true;
  });
  for (const name of ['message', 'entry']) stream.addEventListener(name, update);
  addEventListener('pagehide', () => stream.close());
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-copy]');
  if (button) copy(button);
});

const journal = document.querySelector('[data-journal]');
if (journal) follow(journal);
