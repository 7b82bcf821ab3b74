import { listen } from './stream.js';

/** The emulator's clock in the header. It ticks by the browser's clock, at the distance that the server tells. */

let timer;
let state;

const face = () => document.querySelector('[data-clock]');

/** Shows the time that is known. Call it after the header was replaced by one that may be older. */
export function showClock() {
  const shown = face();
  if (!shown) return;
  const now = state.frozen ? state.now : Date.now() + state.offset;
  const iso = new Date(now).toISOString();
  shown.querySelector('time').dateTime = iso;
  shown.querySelector('[data-clock-date]').textContent = iso.slice(0, 10);
  shown.querySelector('[data-clock-time]').textContent = iso.slice(11, 19);
  shown.querySelector('[data-clock-frozen]').hidden = !state.frozen;
  shown.querySelector('[data-clock-moved]').hidden = !state.moved;
  const button = document.querySelector('[data-clock-switch]');
  if (button) {
    button.value = String(!state.frozen);
    button.textContent = state.frozen ? button.dataset.run : button.dataset.freeze;
  }
  clearTimeout(timer);
  if (!state.frozen) timer = setTimeout(showClock, 1000 - (now % 1000));
}

function set({ now, frozen, moved }) {
  state = { now, frozen, moved, offset: now - Date.now() };
  showClock();
}

/** Takes over the time that the page has. Call it after the header was replaced by the answer to a form. */
export function readClock() {
  const shown = face();
  if (shown)
    set({ now: Number(shown.dataset.now), frozen: shown.dataset.frozen === 'true', moved: shown.dataset.moved === 'true' });
}

readClock();
listen('clock', set);
