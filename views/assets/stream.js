/**
 * The page's one stream of server-sent events. A hidden page closes it, because browsers allow six connections to a host. A page that is
 * shown again gets what it has missed.
 */

const { stream: address } = document.body.dataset;
const events = new Map();
let source;
/** The id of the newest call that the page knows. */
let lastId;

/** Calls a function with the data of each event of a name. */
export function listen(name, act) {
  if (!events.has(name)) events.set(name, []);
  events.get(name).push(act);
}

function showLive(isLive) {
  for (const shown of document.querySelectorAll('[data-live]')) shown.hidden = !isLive;
}

function start() {
  const url = new URL(address, location.href);
  if (lastId) url.searchParams.set('after', lastId);
  source = new EventSource(url);
  source.addEventListener('open', () => showLive(true));
  source.addEventListener('error', () => showLive(false));
  for (const [name, acts] of events)
    source.addEventListener(name, ({ data, lastEventId }) => {
      lastId = lastEventId || lastId;
      for (const act of acts) act(JSON.parse(data));
    });
}

function stop() {
  source?.close();
  source = undefined;
  showLive(false);
}

function adapt() {
  if (document.hidden) stop();
  else if (!source) start();
}

if (address) {
  // The scripts of the page that listen have run by then.
  addEventListener('DOMContentLoaded', adapt);
  document.addEventListener('visibilitychange', adapt);
  addEventListener('pagehide', stop);
  addEventListener('pageshow', adapt);
}
