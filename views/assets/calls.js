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
  /** HTML of rows that are not shown yet, the newest first. */
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

  #receive({ count, rows }) {
    // Rows that the server did not send leave a gap. Only the rows after it are shown then.
    const newest = count > rows.length ? rows : [...rows, ...this.#waiting];
    this.#waiting = newest.slice(0, this.#limit);
    this.#count += count;
    if (!this.#resume()) this.#update();
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
    const template = document.createElement('template');
    template.innerHTML = this.#waiting.join('');
    for (const row of template.content.querySelectorAll('[data-id]')) this.#find(row.dataset.id)?.remove();
    if (this.#count > this.#waiting.length) this.#rows.replaceChildren();
    this.#rows.prepend(template.content);
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
    const lastId = rows[last - 1]?.dataset.id;
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

for (const section of document.querySelectorAll('[data-calls]')) new CallList(section);
