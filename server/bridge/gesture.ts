let seen = false;

/** Begins to notice whether the user has touched the page: consent must not be asked for on a mini program's first screen. */
export function watchGestures(): void {
  // For a script that a click has loaded. (Right after a navigation it may still speak of the page before.)
  seen = document.readyState === 'complete' && navigator.userActivation?.hasBeenActive === true;
  const types = ['pointerdown', 'touchstart', 'keydown'];
  const note = (event: Event) => {
    if (!event.isTrusted) return;
    seen = true;
    for (const type of types) window.removeEventListener(type, note, true);
  };
  for (const type of types) window.addEventListener(type, note, { capture: true, passive: true });
}

export function hadGesture(): boolean {
  return seen;
}
