/** Reads the chosen file into the form. Without this script, people paste its content. */
const form = document.querySelector('[data-snapshot]');
const chooser = form?.querySelector('[data-choose]');

async function read(file) {
  const problem = form.querySelector('[data-too-large]');
  problem.hidden = file.size <= Number(form.dataset.maxBytes);
  if (problem.hidden) form.elements.snapshot.value = await file.text();
}

if (chooser) {
  chooser.hidden = false;
  chooser.querySelector('input').addEventListener('change', ({ target }) => {
    if (target.files[0]) read(target.files[0]);
  });
}
