/** The emulator's clock in the header. It ticks by the browser's clock, at the distance that the server tells. */

let timer;
let state;

const face = () => document.querySelector('[data-clock]');

function show() {
  const shown = face();
  if (!shown) return;
  const now = state.frozen ? state.now : Date.now() + state.offset;
  const iso = new Date(now).toISOString();
  shown.querySelector('time').dateTime = iso;
  shown.querySelector('[data-clock-date]').textContent = iso.slice(0, 10);
  shown.querySelector('[data-clock-time]').textContent = iso.slice(11, 19);
  clearTimeout(timer);
  if (!state.frozen) timer = setTimeout(show, 1000 - (now % 1000));
}

function set(now, frozen) {
  state = { now, frozen, offset: now - Date.now() };
  show();
}

/** Takes over the time that the page has. Call it after the header was replaced. */
export function readClock() {
  const shown = face();
  if (shown) set(Number(shown.dataset.now), shown.dataset.frozen === 'true');
}

/** Asks for the clock, and shows whether it is frozen: the button then does the opposite. */
async function ask() {
  const answer = await fetch(face().dataset.address);
  if (!answer.ok) return;
  const { now, frozen } = await answer.json();
  if (frozen !== state.frozen) {
    const page = await fetch(location.href, { headers: { accept: 'text/html' } });
    const fresh = new DOMParser().parseFromString(await page.text(), 'text/html');
    for (const part of ['[data-testid="clock-freeze"]', '[data-clock-frozen]']) {
      const old = document.querySelector(part);
      const hadFocus = old === document.activeElement;
      const replacement = fresh.querySelector(part);
      old.replaceWith(replacement);
      if (hadFocus) replacement.focus();
    }
  }
  set(Date.parse(now), frozen);
}

/** Follows changes from elsewhere. A hidden page closes its stream: browsers allow six connections to a host. */
function follow() {
  let stream;
  const update = () => ask().catch(() => undefined);
  const start = () => {
    stream = new EventSource(face().dataset.stream);
    for (const name of ['open', 'message', 'reset']) stream.addEventListener(name, update);
  };
  const stop = () => {
    stream?.close();
    stream = undefined;
  };
  const adapt = () => {
    if (document.hidden) stop();
    else if (!stream) start();
  };
  document.addEventListener('visibilitychange', adapt);
  addEventListener('pagehide', stop);
  addEventListener('pageshow', adapt);
  adapt();
}

if (face()) {
  readClock();
  follow();
}
