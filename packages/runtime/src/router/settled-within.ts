/** Waits until all work has settled, at the latest until the timeout. */
export async function settledWithin(work: readonly Promise<unknown>[], timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([Promise.allSettled(work), late]);
  clearTimeout(timer);
}
