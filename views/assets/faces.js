/** A face whose picture cannot be loaded shows its initials. */
for (const picture of document.querySelectorAll('img[data-initials]')) {
  const giveUp = () => picture.replaceWith(picture.dataset.initials);
  if (picture.complete && picture.naturalWidth === 0) giveUp();
  else picture.addEventListener('error', giveUp);
}
