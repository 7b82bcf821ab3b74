/** Reads the chosen file into the form. Without this script, people paste its content. */
const form = document.querySelector('[data-snapshot]');
const chooser = form?.querySelector('[data-choose]');

async function read(file) {
  const problem = form.querySelector('[data-too-large]');
  problem.hidden = file.size <= Number(form.dataset.maxBytes);
  if (problem.hidden) form.elements.snapshot.value = await file.text();
}

if (chooser) {
  const input = chooser.querySelector('input');
  const take = () => {
    if (input.files[0]) read(input.files[0]);
  };
  chooser.hidden = false;
  input.addEventListener('change', take);
  // A file can be there before this script: a browser keeps it when somebody comes back.
  take();
}
