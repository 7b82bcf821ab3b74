/** Shows the initials if a picture cannot be loaded. */
for (const picture of document.querySelectorAll('img[data-initials]')) {
  const giveUp = () => picture.replaceWith(picture.dataset.initials);
  if (picture.complete && picture.naturalWidth === 0) giveUp();
  else picture.addEventListener('error', giveUp);
}
