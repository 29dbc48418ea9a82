import type { CreateDatabaseRequest } from '@objectstack/spec/contracts';
import { create, type PlatformMutant, proto } from './platform-mutant.js';

/** Mistakes with the timestamp of a copy: an earlier state is replaced by another one. */
const seeding =
  (change: (seed: Required<NonNullable<CreateDatabaseRequest['seed']>>) => CreateDatabaseRequest['seed']) =>
  (...[platform, request, options]: Parameters<Parameters<typeof create>[0]>) => {
    const { seed } = request;
    const { timestamp } = seed ?? {};
    const changed = seed && timestamp !== undefined ? change({ ...seed, timestamp }) : seed;
    return proto.createDatabase.call(platform, { ...request, ...(changed && { seed: changed }) }, options);
  };

const isBefore = (timestamp: string, ms: number) => Date.parse(timestamp) < Date.now() + ms;

export const POINT_IN_TIME_MUTANTS: Readonly<Record<string, PlatformMutant>> = {
  'copies the latest state instead of an earlier one': {
    breaks: ['point-in-time/earlier'],
    mutate: create(
      seeding((seed) =>
        isBefore(seed.timestamp, -60_000) || !isBefore(seed.timestamp, 60_000)
          ? seed
          : { type: seed.type, name: seed.name },
      ),
    ),
  },
  'copies the latest state instead of a future one': {
    breaks: ['point-in-time/future'],
    mutate: create(
      seeding((seed) => (isBefore(seed.timestamp, 60_000) ? seed : { type: seed.type, name: seed.name })),
    ),
  },
  'copies the latest state instead of one before the first': {
    breaks: ['point-in-time/past'],
    mutate: create(
      seeding((seed) => (isBefore(seed.timestamp, -60_000) ? { type: seed.type, name: seed.name } : seed)),
    ),
  },
};
