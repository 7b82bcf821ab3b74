/**
 * Posts the result to the page around the sheet, if it has the origin that asked.
 *
 * @returns false if there is no page around
 */
export function postAnswer({ origin, message }) {
  if (window.parent === window || !origin || !message) return false;
  window.parent.postMessage(JSON.parse(message), origin);
  return true;
}
