const phone = document.querySelector('[data-phone]');
const frame = phone.querySelector('iframe');

/** What the wallet opens stands beside the mini program's body; no scrolling in there moves the page around the phone. */
function watch() {
  new MutationObserver((changes) => {
    if (changes.some(({ addedNodes }) => addedNodes.length > 0)) phone.scrollIntoView({ block: 'nearest' });
  }).observe(frame.contentDocument.documentElement, { childList: true });
}

frame.addEventListener('load', watch);
if (frame.contentDocument.readyState === 'complete' && frame.contentWindow.location.href !== 'about:blank') watch();
