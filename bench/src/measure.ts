interface Measured {
  readonly what: string;
  readonly ours: number;
  readonly reference: number;
}

/** One figure and its reference, both from the same run: as a ratio or as a difference. */
export type Figure = Measured & ({ readonly target: number } | { readonly targetMs: number });

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export interface Comparison {
  readonly what: string;
  /** Maximum as a multiple of the reference. */
  readonly target: number;
  readonly rounds: number;
  /** Number of warm-up rounds. */
  readonly warmUp: number;
  /** Setup of each round; not measured. */
  readonly setUp?: () => Promise<unknown>;
  readonly ours: () => Promise<unknown>;
  readonly reference: () => Promise<unknown>;
}

/** Medians in milliseconds. The two alternate, so that slow moments of the machine affect both. */
export async function compare({
  what,
  target,
  rounds,
  warmUp,
  setUp = async () => undefined,
  ours,
  reference,
}: Comparison): Promise<Figure> {
  const times: [number, number][] = [];
  for (let round = 0; round < warmUp + rounds; round++) {
    await setUp();
    const pair: [number, number] = [await timed(ours), await timed(reference)];
    if (round >= warmUp) times.push(pair);
  }
  return { what, target, ours: median(times.map(([a]) => a)), reference: median(times.map(([, b]) => b)) };
}

export function printFigures(figures: readonly Figure[]): void {
  const rows = figures.map(({ what, ours, reference, ...figure }) => ({
    what,
    'ours ms': Number(ours.toFixed(3)),
    'reference ms': Number(reference.toFixed(3)),
    result:
      'target' in figure ? `${(ours / reference).toFixed(2)} x` : `+${(ours - reference).toFixed(0)} ms`,
    'at most': 'target' in figure ? `${figure.target} x` : `+${figure.targetMs} ms`,
  }));
  console.table(rows);
}
