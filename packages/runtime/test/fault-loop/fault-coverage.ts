import { runWithFault } from './fault-loop.js';
import type { FaultPlace } from './fault-places.js';
import { PORTS, type Port, WAYS, type Way } from './fault-ports.js';
import { type StartState, VERBS, type Verb } from './fault-verbs.js';

/** A verb in a state. */
export interface FaultCase {
  readonly verb: Verb;
  readonly state: StartState;
}

export const FAULT_CASES: readonly FaultCase[] = VERBS.flatMap((verb) =>
  (Object.keys(verb.states) as StartState[]).map((state) => ({ verb, state })),
);

export const titleOf = ({ verb, state }: FaultCase) => `${verb.name} from ${state}`;

/** Number of faults that took place, by case, port and way; null where the verb never calls the port. */
export class FaultCoverage {
  readonly #cells = new Map<string, Record<string, number | null>>();

  note(one: FaultCase, port: Port, way: Way, count: number | null): void {
    const cells = this.#cells.get(titleOf(one)) ?? {};
    const cell = `${port} ${way}`;
    cells[cell] = count === null ? null : (cells[cell] ?? 0) + count;
    this.#cells.set(titleOf(one), cells);
  }

  /** Cells in which no fault took place although the verb calls the port. */
  get unvisited(): string[] {
    return [...this.#cells].flatMap(([title, cells]) =>
      Object.entries(cells).flatMap(([cell, count]) => (count === 0 ? [`${title}: ${cell}`] : [])),
    );
  }

  /** One line for each case: number of faults for each port, by way in the order before/after/hang/exit. */
  get table(): string {
    const lines = [...this.#cells].map(([title, cells]) => {
      const columns = PORTS.map((port) => {
        const counts = WAYS.map((way) => cells[`${port} ${way}`]);
        return `${port} ${counts.map((count) => count ?? '-').join('/')}`;
      });
      return `${title.padEnd(26)} ${columns.map((column) => column.padEnd(22)).join(' ')}`;
    });
    return ['faults by state, verb, port and way (before/after/hang/exit)', ...lines].join('\n');
  }
}

export interface LoopOptions {
  readonly createPlace: () => Promise<FaultPlace>;
  /** Which calls of a port fail in which way: from 1 to the number of calls of a run without faults. */
  readonly select: (calls: number, cell: number) => readonly (readonly [nth: number, way: Way])[];
}

/** Fails the calls of every port of a verb. */
export async function loopOverFaults(
  one: FaultCase,
  { createPlace, select }: LoopOptions,
  coverage: FaultCoverage,
): Promise<void> {
  const { counts } = await runWithFault(await createPlace(), one);
  for (const [index, port] of PORTS.entries()) {
    const calls = counts[port];
    const selected = calls === 0 ? [] : select(calls, FAULT_CASES.indexOf(one) * PORTS.length + index);
    for (const way of new Set(selected.map(([, way]) => way))) coverage.note(one, port, way, 0);
    if (calls === 0) for (const way of WAYS) coverage.note(one, port, way, null);
    for (const [nth, way] of selected) {
      const fault = { port, nth, way };
      const ports = await runWithFault(await createPlace(), { ...one, fault }).catch((error: unknown) => {
        throw new Error(`${titleOf(one)}, ${port} call ${nth} of ${calls}, ${way}`, { cause: error });
      });
      coverage.note(one, port, way, ports.isReached ? 1 : 0);
    }
  }
}
