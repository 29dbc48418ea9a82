import { ObjectStackError } from '@objectstack/spec/shared';
import { IS_EXHAUSTIVE, randomFrom, SEEDS } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { byDiffs, inDatabase, type OpenTenant } from '../path-tenants.js';
import { Tally } from '../tally.js';
import {
  areAmbiguous,
  dataOf,
  removalsOf,
  type Style,
  thingsIn,
  type Version,
  Versions,
} from '../version-paths.js';

/** Every way from the first version to the last one, the longest first. */
function pathsThrough(versions: readonly Version[]): Version[][] {
  const [next, ...rest] = versions;
  if (!next) return [[]];
  if (rest.length === 0) return [[next]];
  const further = pathsThrough(rest);
  return [...further.map((path) => [next, ...path]), ...further];
}

interface Path {
  readonly first: Version;
  readonly steps: readonly Version[];
  readonly style: Style;
}

/** Outcome for a tenant on a path of versions: the error code, or its data. */
async function follow({ first, steps, style }: Path, open: OpenTenant) {
  const tenant = await open(first, style);
  let current = first;
  for (const next of steps) {
    try {
      await tenant.deploy(next, removalsOf(current, next));
    } catch (error) {
      if (!ObjectStackError.isInstance(error)) throw error;
      return { stopped: error.code };
    }
    current = next;
  }
  return { data: await tenant.data(current) };
}

const isAmbiguous = ({ first, steps, style }: Path) =>
  steps.some((next, index) => areAmbiguous(steps[index - 1] ?? first, next, style));

/** Whether each rename since the first version is the only one, and a single name is all that it takes to tell it. */
const isPlain = ({ first, steps }: Path) => {
  const earlier = new Map(thingsIn(first).map((thing) => [thing.id, thing]));
  const last = thingsIn(steps.at(-1) ?? first);
  return last.every(
    ({ id, predecessors }) => predecessors.length <= (earlier.get(id)?.predecessors.length ?? -1) + 1,
  );
};

const STOPS = ['destructive_not_allowed', 'invalid_request'];

async function checkPaths(seed: number, open: OpenTenant, tally: Tally): Promise<void> {
  const random = randomFrom(seed);
  const style = random.pick<Style>(['latest', 'all']);
  const made = new Versions(random);
  const first = made.first();
  const versions = [made.next(first)];
  for (let count = 2 + random.below(3); versions.length < count; )
    versions.push(made.next(versions.at(-1) ?? first));
  for (const steps of pathsThrough(versions)) {
    const path = { first, steps, style };
    const way = steps.length === versions.length ? 'every version' : 'skipping';
    const kind = `${way}, ${style}${isPlain(path) ? ', plain' : ''}`;
    if (isAmbiguous(path)) {
      tally.add(`${kind}: ambiguous`);
      continue;
    }
    const { stopped, data } = await follow(path, open);
    tally.add(`${kind}: ${stopped ? 'stopped' : 'applied'}`);
    if (stopped) expect(STOPS).toContain(stopped);
    else expect({ seed, style, data }).toEqual({ seed, style, data: dataOf(first, steps.at(-1) ?? first) });
  }
}

describe('versions that a tenant skips', () => {
  const tally = new Tally();

  it.each(SEEDS(300))(
    'lead to the data of every version, or stop, by diffs of seeds from %i',
    async (from, count) => {
      for (let seed = from; seed < from + count; seed++) await checkPaths(seed, byDiffs, tally);
    },
  );

  it.each(SEEDS(10))('do so in databases of seeds from %i', async (from, count) => {
    for (let seed = from; seed < from + count; seed++) await checkPaths(seed, inDatabase, tally);
  });

  it.runIf(IS_EXHAUSTIVE)('are met, and stop where they must and seldom elsewhere', () => {
    const counts = (kind: string) =>
      ['applied', 'stopped', 'ambiguous'].map((outcome) => tally.count(`${kind}: ${outcome}`));
    for (const style of ['latest', 'all']) {
      for (const kind of [`every version, ${style}`, `every version, ${style}, plain`]) {
        const [applied, stopped] = counts(kind);
        expect(applied, String(tally)).toBeGreaterThan(20);
        expect(stopped, String(tally)).toBeLessThan((applied ?? 0) / 50);
      }
      const [applied = 0, stopped = 0] = counts(`skipping, ${style}, plain`);
      expect(applied, String(tally)).toBeGreaterThan(50);
      expect(stopped, String(tally)).toBeLessThan(applied / 10);
    }
    const [listed = 0, refused = 0, untold = 0] = counts('skipping, all');
    expect(refused, String(tally)).toBeGreaterThan(0);
    expect(refused, String(tally)).toBeLessThan(listed / 5);
    expect(untold, String(tally)).toBeLessThan(listed);
    const [followed = 0, stopped = 0] = counts('skipping, latest');
    expect(Math.min(followed, stopped), String(tally)).toBeGreaterThan(50);
  });
});
