import { IS_EXHAUSTIVE, isSampled, SEED, sharedPostgres } from '@objectstack/testing';
import { startTursoEmulator, type TursoEmulator } from '@objectstack/turso-emulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_CASES, FaultCoverage, type LoopOptions, loopOverFaults, titleOf } from './fault-coverage.js';
import { placeOnFiles, placeOnServers } from './fault-places.js';
import { WAYS } from './fault-ports.js';

const TIMEOUT_MS = IS_EXHAUSTIVE ? 600_000 : 240_000;

/** Every call, and every way of each port; in the sample, one call of each port in one way. */
const select: LoopOptions['select'] = (calls, cell) => {
  const all = Array.from({ length: calls }, (_, index) => index + 1);
  const waysOf = (nth: number) => (calls < WAYS.length ? WAYS : [WAYS[(nth + cell) % WAYS.length] ?? 'exit']);
  if (IS_EXHAUSTIVE) return all.flatMap((nth) => waysOf(nth).map((way) => [nth, way] as const));
  const at = cell * 7 + SEED * 3;
  return isSampled(cell, 4) ? [[1 + (at % calls), WAYS[at % WAYS.length] ?? 'exit']] : [];
};

/** On servers, some call of each port in every way. */
const selectOnServers: LoopOptions['select'] = (calls, cell) => {
  const nth = 1 + ((cell * 5 + SEED) % calls);
  return WAYS.map((way) => [nth, way] as const);
};

function describeLoop(name: string, options: LoopOptions): void {
  describe(`a fault in any call of any port ${name}`, () => {
    const coverage = new FaultCoverage();
    afterAll(() => {
      console.log(coverage.table);
    });

    it.each(FAULT_CASES.map((one) => [titleOf(one), one] as const))(
      'leaves exactly what an undisturbed call leaves, once it was repeated: %s',
      async (_, one) => {
        await loopOverFaults(one, options, coverage);
      },
      TIMEOUT_MS,
    );

    it('took place in every cell of state, verb and fault', () => {
      expect(coverage.unvisited).toEqual([]);
    });
  });
}

describeLoop('on files', { createPlace: placeOnFiles, select });

describe.runIf(IS_EXHAUSTIVE)('with servers', () => {
  const postgres = sharedPostgres();
  let emulator: TursoEmulator;
  beforeAll(async () => {
    emulator = await startTursoEmulator();
  });
  afterAll(() => emulator.stop());
  describeLoop('on the emulator and PostgreSQL', {
    createPlace: () => placeOnServers(emulator, postgres),
    select: selectOnServers,
  });
});
