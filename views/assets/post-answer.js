/**
 * Posts the result to the page around the sheet, if it has the origin that asked.
 *
 * @param leavingTimeMs the time for which the page keeps the sheet, so that it can move out
 * @returns false if there is no page around
 */
export function postAnswer({ origin, message }, leavingTimeMs = 0) {
  if (window.parent === window || !origin || !message) return false;
  window.parent.postMessage({ ...JSON.parse(message), leavingTimeMs }, origin);
  return true;
}
