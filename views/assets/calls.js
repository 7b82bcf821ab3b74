import { listen } from './stream.js';

/**
 * Follows the calls of a list. New rows come from the server as HTML. They are added at the top, unless the tester holds the list, has
 * opened a row, has scrolled down, or reads older calls: then they are only counted, so that nothing moves.
 */
class CallList {
  #section;
  #rows;
  #button;
  #older;
  #limit;
  /** Rows that are not shown yet, the newest first. */
  #waiting = [];
  /** Calls that are not shown yet, including those whose rows the server did not send. */
  #count = 0;
  #panels;

  constructor(section) {
    this.#section = section;
    this.#rows = section.querySelector('[data-rows]');
    this.#button = section.querySelector('[data-new]');
    this.#older = section.querySelector('[data-older]');
    this.#limit = Number(section.dataset.limit);
    this.#button.addEventListener('click', () => this.#showNew());
    this.#holdButton.hidden = false;
    this.#holdButton.addEventListener('click', () => this.#toggleHold());
    // The event toggle does not bubble.
    this.#rows.addEventListener('toggle', () => this.#resume(), true);
    addEventListener('scroll', () => this.#resume(), { passive: true });
    this.#listen();
  }

  get #holdButton() {
    return this.#section.querySelector('[data-hold]');
  }

  get #held() {
    return (
      'past' in this.#section.dataset ||
      this.#holdButton.getAttribute('aria-pressed') === 'true' ||
      this.#rows.querySelector('details[open]') !== null ||
      this.#rows.getBoundingClientRect().top < 0
    );
  }

  #listen() {
    listen('calls', (calls) => this.#receive(calls));
    listen('running', ({ ids }) => {
      const known = [...this.#rows.rows, ...this.#waiting];
      for (const { dataset } of known) if (dataset.running && !ids.includes(dataset.id)) this.#end(dataset.id);
      this.#update();
    });
    listen('panels', ({ html }) => {
      this.#panels = html;
      this.#resume();
    });
    listen('emptied', () => {
      this.#waiting = [];
      this.#count = 0;
      this.#rows.replaceChildren();
      this.#update();
    });
  }

  #receive({ count, rows, ended }) {
    const isWhole = count === rows.length;
    const fresh = rows.map(({ html, was }) => ({ row: toRow(html), was })).filter(({ row, was }) => !this.#replace(row, was));
    // Rows that the server did not send leave a gap. Only the rows after it are shown then.
    const added = fresh.map(({ row }) => row);
    this.#waiting = [...added, ...(isWhole ? this.#waiting : [])].slice(0, this.#limit);
    this.#count += count - rows.length + added.length;
    for (const id of ended) this.#end(id);
    if (!this.#resume()) this.#update();
  }

  /** Puts the row of a call in the place of the row that it had while it ran. @returns false if there is none */
  #replace(row, was = row.dataset.id) {
    const index = this.#waiting.findIndex(({ dataset }) => dataset.id === was);
    const shown = this.#find(was);
    if (index >= 0) this.#waiting[index] = row;
    if (shown) {
      const isOpen = shown.querySelector('details').open;
      const hadFocus = shown.querySelector('summary') === document.activeElement;
      row.querySelector('details').open = isOpen;
      shown.replaceWith(row);
      if (hadFocus) row.querySelector('summary').focus({ preventScroll: true });
    }
    return index >= 0 || shown !== null;
  }

  /** A call does not run any more. If it never got a result, its row goes. */
  #end(id) {
    const row = this.#waiting.find(({ dataset }) => dataset.id === id) ?? this.#find(id);
    if (!row) return;
    if (row.dataset.running === 'journaled') delete row.dataset.running;
    if (row.dataset.running !== 'unfinished') return;
    if (row.isConnected) row.remove();
    else {
      this.#waiting.splice(this.#waiting.indexOf(row), 1);
      this.#count--;
    }
  }

  /** Shows what waits, unless the list is held. @returns false if it is held */
  #resume() {
    if (this.#held) return false;
    if (this.#count > 0) this.#show();
    const panels = document.querySelector('[data-panels]');
    if (this.#panels !== undefined && panels !== null && !panels.contains(document.activeElement)) {
      panels.innerHTML = this.#panels;
      this.#panels = undefined;
    }
    return true;
  }

  #showNew() {
    if ('past' in this.#section.dataset) {
      location.assign(this.#section.dataset.newest);
      return;
    }
    this.#show();
    if (this.#rows.getBoundingClientRect().top < 0) this.#section.scrollIntoView({ block: 'start' });
    this.#rows.querySelector('summary')?.focus({ preventScroll: true });
  }

  #show() {
    const isUnfinished = ({ dataset }) => dataset.running === 'unfinished';
    if (this.#count > this.#waiting.length) this.#rows.replaceChildren(...[...this.#rows.rows].filter(isUnfinished));
    this.#rows.prepend(...this.#waiting.filter(isUnfinished));
    // Calls that run stay at the top, where they also are when they have ended.
    const first = [...this.#rows.rows].find((row) => !isUnfinished(row));
    const finished = this.#waiting.filter((row) => !isUnfinished(row));
    if (first) first.before(...finished);
    else this.#rows.append(...finished);
    this.#waiting = [];
    this.#count = 0;
    this.#trim();
    this.#update();
  }

  #find(id) {
    return this.#rows.querySelector(`[data-id="${CSS.escape(id)}"]`);
  }

  /** Removes the oldest rows over the limit, but no row above an opened one. They are on the next page. */
  #trim() {
    if (this.#older === null) return;
    const rows = this.#rows.rows;
    let last = rows.length;
    while (last > this.#limit && rows[last - 1].querySelector('details[open]') === null) rows[--last].remove();
    const lastId = [...rows].findLast(({ dataset }) => dataset.running !== 'unfinished')?.dataset.id;
    if (last < this.#limit || lastId === undefined) return;
    const address = new URL(this.#section.dataset.newest, location.href);
    address.searchParams.set('before', lastId);
    this.#older.href = address.href;
    this.#older.hidden = false;
  }

  #toggleHold() {
    const button = this.#holdButton;
    const held = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(held));
    this.#resume();
  }

  #update() {
    this.#button.hidden = this.#count === 0;
    const { one, text } = this.#button.dataset;
    this.#button.textContent = this.#count === 1 ? one : text.replace('{count}', this.#count);
  }
}

function toRow(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content.firstElementChild;
}

for (const section of document.querySelectorAll('[data-calls]')) new CallList(section);
