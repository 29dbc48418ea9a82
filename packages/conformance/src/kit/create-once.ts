/** Runs the work of a key at the first call and gives its result to all of them. */
export type Once = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Results that the checks of a suite share: plain data, because the subject they come from is released. */
export function createOnce(): Once {
  const results = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>) => {
    const result = (results.get(key) as Promise<T> | undefined) ?? work();
    results.set(key, result);
    return result;
  };
}
