/**
 * Calls `commit` when another option of a select is chosen by a pointer, in the open list or by a script. In a closed select, arrow
 * keys fire `change` for every option that they pass, so Enter or leaving the select commits there.
 */
export function onChosen(select, commit) {
  let passing = false;
  let typing = false;
  const settle = () => {
    if (isChosen(select)) commit();
  };
  select.addEventListener('pointerdown', () => {
    passing = false;
  });
  select.addEventListener('keydown', ({ key, altKey }) => {
    // A space while a name is being typed does not open the list.
    const opens = (key === ' ' && !typing) || key === 'F4' || (altKey && key.startsWith('Arrow'));
    typing = key.length === 1 && !opens;
    passing = !opens && key !== 'Enter';
    if (key === 'Enter') settle();
  });
  select.addEventListener('change', () => {
    if (!passing) settle();
  });
  select.addEventListener('blur', () => {
    // A window that loses the focus also fires blur, but the select stays the active element.
    if (document.activeElement !== select) settle();
  });
  // The choice may be older than this script.
  if (document.activeElement !== select) settle();
  else passing = isChosen(select);
}

/** True if the selected option differs from the page's initial one. */
const isChosen = ({ selectedOptions: [option] }) => option?.defaultSelected === false;
