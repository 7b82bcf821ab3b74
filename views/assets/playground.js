const phone = document.querySelector('[data-phone]');
const frame = phone.querySelector('iframe');

/** Scrolls the phone into view when the wallet adds a sheet. The sheet is not in the body of the mini program, but next to it. */
function watch() {
  new MutationObserver((changes) => {
    if (changes.some(({ addedNodes }) => addedNodes.length > 0)) phone.scrollIntoView({ block: 'nearest' });
  }).observe(frame.contentDocument.documentElement, { childList: true });
}

frame.addEventListener('load', watch);
if (frame.contentDocument.readyState === 'complete' && frame.contentWindow.location.href !== 'about:blank') watch();
