export const flow = document.querySelector('[data-flow]');
const emptyFlow = flow.innerHTML;

export const pretty = (value) => JSON.stringify(value, null, 2);

export function clearFlow() {
  flow.innerHTML = emptyFlow;
}

/** The place of a step, or the step in it. */
export const slot = (number) => flow.querySelector(`[data-number="${number}"]`);

/** Shows the state of a step that has not come: pending, running, failed or skipped. */
export function light(number, state) {
  const item = slot(number);
  const text = item?.querySelector('[data-slot-state]');
  if (!text) return;
  item.dataset.state = state;
  text.textContent = flow.dataset[state];
}

/**
 * Puts a step in the place of its number.
 * @param isExchanging a step without a place goes before 2.4 during the exchange, and to the end later
 */
export function place(step, isExchanging) {
  const { number } = step.dataset;
  const reserved = number ? slot(number) : null;
  if (reserved?.querySelector('[data-slot-state]')) {
    reserved.replaceWith(step);
    return;
  }
  step.dataset.number = '';
  step.querySelector('.flow-number').textContent = '';
  const first = slot('1.1');
  if (!isExchanging) {
    flow.append(step);
    step.scrollIntoView({ block: 'nearest' });
  } else flow.insertBefore(step, first?.querySelector('[data-slot-state]') ? first : slot('2.4'));
}

/** A step that is no call of the journal: between the page and its server, or a change of the clock. */
export function ownStep({ number = '', title, badge, status, reason, request, response, kept }, isExchanging) {
  const step = document.querySelector('template[data-step]').content.firstElementChild.cloneNode(true);
  const write = (name, text) => {
    step.querySelector(`[data-${name}]`).textContent = text;
  };
  step.dataset.number = number;
  step.dataset.state = status === 'F' ? 'failed' : 'done';
  step.querySelector('.flow-number').textContent = number;
  write('title', title);
  write('badge', badge);
  step.querySelector('[data-badge]').dataset.status = status;
  write('reason', reason);
  write('request', pretty(request));
  write('response', pretty(response));
  if (kept) {
    step.querySelector('[data-kept]').hidden = false;
    step.querySelector('[data-kept] pre').textContent = pretty(kept);
  }
  place(step, isExchanging);
}

/** Puts values in the places of their names in braces. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
