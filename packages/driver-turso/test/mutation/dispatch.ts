/** Any function; its caller knows the parameters. */
export type Callable = (...args: never[]) => unknown;

/** A deliberately wrong implementation of one export of a module. */
export interface Mutant {
  readonly what: string;
  readonly module: string;
  readonly target: string;
  readonly instead: (original: Callable) => Callable;
  /** Scenario that detects the mutant. */
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

/** A module whose functions are replaced by the active mutant. */
export function mutable(module: string, original: Record<string, unknown>, targets: ReadonlySet<string>) {
  const replaced = [...targets].map((target) => {
    if (typeof original[target] !== 'function') throw new Error(`${module} exports no function ${target}.`);
    return [target, dispatched(module, target, original[target] as Callable)] as const;
  });
  return { ...original, ...Object.fromEntries(replaced) };
}

/** Runs the work with the mutant instead of the original, and counts its calls. */
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
