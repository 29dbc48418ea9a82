/** Any function: whoever calls it knows what it takes. */
export type Callable = (...args: never[]) => unknown;

/** One thing of a module that is left out or done otherwise. */
export interface Mutant {
  readonly what: string;
  readonly module: string;
  readonly target: string;
  readonly instead: (original: Callable) => Callable;
  /** The scenario that notices. */
  readonly caughtBy: string;
}

let active: { mutant: Mutant; uses: number } | null = null;

function dispatched(module: string, target: string, original: Callable): Callable {
  return (...args) => {
    if (active?.mutant.module !== module || active.mutant.target !== target) return original(...args);
    active.uses++;
    return active.mutant.instead(original)(...args);
  };
}

/** A module whose functions do what the active mutant says. */
export function mutable(module: string, original: Record<string, unknown>, targets: ReadonlySet<string>) {
  const replaced = [...targets].map((target) => {
    if (typeof original[target] !== 'function') throw new Error(`${module} exports no function ${target}.`);
    return [target, dispatched(module, target, original[target] as Callable)] as const;
  });
  return { ...original, ...Object.fromEntries(replaced) };
}

/** Runs the work with the mutant in place of the original; says how often it was called. */
export async function withMutant(mutant: Mutant, work: () => Promise<void>) {
  const run = { mutant, uses: 0 };
  active = run;
  const error = await work()
    .then(
      () => null,
      (thrown: unknown) => thrown,
    )
    .finally(() => {
      active = null;
    });
  return { error, uses: run.uses };
}
