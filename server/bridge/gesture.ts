let seen = false;

/** Starts to watch whether the user has touched the page. A mini program must not ask for consent on its first screen. */
export function watchGestures(): void {
  // Covers a script that a click has loaded. While the page loads, the flag may still be that of the previous page.
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
