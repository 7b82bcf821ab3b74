/** Reads the chosen files into the form. Several raw HTTP files become one text. Without this script, people paste it. */
const form = document.querySelector('[data-compare]');
const chooser = form?.querySelector('[data-choose]');

async function read(files) {
  const problem = form.querySelector('[data-too-large]');
  const size = files.reduce((sum, file) => sum + file.size, 0);
  problem.hidden = size <= Number(form.dataset.maxBytes);
  form.querySelector('[data-empty]').hidden = size > 0;
  if (!problem.hidden) return;
  const texts = await Promise.all(files.map((file) => file.text()));
  form.elements.recording.value = texts.join('\n###\n');
}

if (chooser) {
  const input = chooser.querySelector('input');
  const take = () => {
    if (input.files.length > 0) read([...input.files]);
  };
  chooser.hidden = false;
  input.addEventListener('change', take);
  // A file can be there before this script: a browser keeps it when somebody comes back.
  take();
}
