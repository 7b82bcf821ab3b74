/**
 * Calls `commit` when another option of a select has been chosen: at once where that is done by a pointer, in its open list or by a script.
 * The keyboard passes every option on its way through a closed select: there it is Enter that chooses, or leaving the select.
 */
export function onChosen(select, commit, isLeaving = () => true) {
  let passing = false;
  let typing = false;
  const settle = () => {
    if (isChosen(select)) commit();
  };
  select.addEventListener('pointerdown', () => {
    passing = false;
  });
  select.addEventListener('keydown', ({ key, altKey }) => {
    // A space within a name that is typed opens nothing.
    const opens = (key === ' ' && !typing) || key === 'F4' || (altKey && key.startsWith('Arrow'));
    typing = key.length === 1 && !opens;
    passing = !opens && key !== 'Enter';
    if (key === 'Enter') settle();
  });
  select.addEventListener('change', () => {
    if (!passing) settle();
  });
  select.addEventListener('blur', (event) => {
    // A window that goes to the back takes the focus along and gives it back.
    if (document.activeElement !== select && isLeaving(event)) settle();
  });
  // Chosen before this ran, as a test does on a slow machine.
  if (document.activeElement !== select) settle();
  else passing = isChosen(select);
}

/** Whether it is another option than the page came with. */
export const isChosen = ({ selectedOptions: [option] }) => option?.defaultSelected === false;
