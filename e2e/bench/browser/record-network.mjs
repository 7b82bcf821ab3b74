/**
 * Records the page's requests on the network, preflights too.
 *
 * @param {import('@playwright/test').Page} page
 */
export async function recordNetwork(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const requests = new Map();
  const urls = new Set();
  session.on('Network.requestWillBeSent', ({ requestId, type, timestamp, request: { method, url } }) => {
    // The sheet asks for the files that my.js is loading. It gets them from there.
    if (urls.has(`${method} ${url}`)) return;
    urls.add(`${method} ${url}`);
    requests.set(requestId, { began: timestamp, answered: Number.POSITIVE_INFINITY, isPicture: type === 'Image' });
  });
  session.on('Network.responseReceived', ({ requestId, timestamp, response }) => {
    if (response.fromDiskCache) requests.delete(requestId);
    else if (requests.has(requestId)) requests.get(requestId).answered = timestamp;
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => requests.delete(requestId));
  return {
    clear() {
      requests.clear();
      urls.clear();
    },
    counts: () => ({ requests: requests.size, roundTrips: roundTrips([...requests.values()]) }),
  };
}

/** The longest chain of requests of which each began when the one before it was answered. The sheet does not wait for pictures. */
function roundTrips(requests) {
  const answered = requests.filter((request) => !request.isPicture && Number.isFinite(request.answered));
  let count = 0;
  let free = 0;
  for (const request of answered.toSorted((a, b) => a.answered - b.answered)) {
    if (request.began < free) continue;
    count++;
    free = request.answered;
  }
  return count;
}
