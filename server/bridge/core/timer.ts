interface Scheduler {
  postTask(task: () => void, options: { delay: number }): Promise<unknown>;
}

// Kept from the start, because tests replace setTimeout later. Playwright's clock replaces it before any script runs, but not the
// scheduler that Chromium and Firefox have.
const { scheduler, setTimeout: start, clearTimeout: clear } = globalThis as typeof globalThis & { scheduler?: Scheduler };

/**
 * Calls `act` once, after a time on the machine's clock. With a page clock that a test has paused, setTimeout would never call it.
 * @returns a function that stops the timer
 */
export function startTimer(milliseconds: number, act: () => void): () => void {
  if (!scheduler?.postTask) {
    const timer = start(act, milliseconds);
    return () => clear(timer);
  }
  let isStopped = false;
  scheduler.postTask(
    () => {
      if (!isStopped) act();
    },
    { delay: Math.max(milliseconds, 0) },
  );
  return () => {
    isStopped = true;
  };
}
