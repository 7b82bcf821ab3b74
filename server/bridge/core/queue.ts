/** Makes a queue that starts each task when the one before has ended. */
export function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const ended = last.then(task);
    last = ended.catch(() => {});
    return ended;
  };
}
