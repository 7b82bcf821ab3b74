import { refresh } from './stay.js';

/**
 * Shows each new call of the authorization, and each change by a person or a test, which may end its tokens. Opened details stay open.
 * Calls of other authorizations do not load the page again.
 */
function follow({ dataset: { stream, id } }, live) {
  const source = new EventSource(stream);
  let reading = false;
  let again = false;
  const update = async () => {
    again = true;
    if (reading) return;
    reading = true;
    while (again) {
      again = false;
      await refresh().catch(() => undefined);
    }
    reading = false;
  };
  source.addEventListener('open', () => {
    live.hidden = false;
    update();
  });
  source.addEventListener('error', () => {
    live.hidden = true;
  });
  source.addEventListener('reset', update);
  source.addEventListener('message', ({ data }) => {
    const { authorizationId, kind } = JSON.parse(data);
    if (authorizationId === id || kind === 'control') update();
  });
  addEventListener('pagehide', () => source.close());
}

const authorization = document.querySelector('[data-authorization]');
if (authorization) follow(authorization, document.querySelector('[data-live]'));
