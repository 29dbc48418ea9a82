import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CreateDatabaseRequest, DataPlane, TursoDatabaseInfo } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { temporaryFolder } from '@objectstack/testing';
import type { ManualClock } from './manual-clock.js';

/** The folder of the data plane, and the clock of the states. */
interface Surroundings {
  readonly dir: string;
  readonly clock: ManualClock;
}

/** The file of a database of a data plane on files. */
export const fileOf = (dir: string, name: string) => join(dir, 'tenants', `${name}.db`);

/** Gap of the data plane. */
export const GAP_MS = 1_000;

interface KeptState {
  readonly databaseName: string;
  readonly time: number;
  readonly file: string;
}

/** Copies of the databases of a data plane on files, each of one committed state. */
class KeptStates {
  readonly #plane: DataPlane;
  readonly #dir: string;
  readonly #clock: ManualClock;
  readonly #states: KeptState[] = [];
  #folder: string | undefined;

  constructor(plane: DataPlane, { dir, clock }: Surroundings) {
    this.#plane = plane;
    this.#dir = dir;
    this.#clock = clock;
  }

  /** Keeps the present state of every database. */
  async keep(): Promise<void> {
    const { platform } = this.#plane;
    this.#folder ??= await temporaryFolder();
    for (const { name: databaseName } of await platform.listDatabases()) {
      const copy = `k-${this.#states.length}`;
      await platform.createDatabase({
        name: copy,
        seed: { type: 'database', name: databaseName },
      });
      const file = join(this.#folder, copy);
      await copyFile(fileOf(this.#dir, copy), file);
      await platform.deleteDatabase(copy);
      await platform.purgeDatabase(copy);
      this.#states.push({ databaseName, time: this.#clock.now().getTime(), file });
    }
  }

  async create({ name, seed }: CreateDatabaseRequest): Promise<TursoDatabaseInfo> {
    const time = Date.parse(seed?.timestamp ?? '');
    const state = this.#states.findLast((one) => one.databaseName === seed?.name && one.time <= time);
    if (!state)
      throw new ObjectStackError({ code: 'point_in_time_unavailable', message: 'No state was kept.' });
    const info = await this.#plane.platform.createDatabase({ name });
    await copyFile(state.file, fileOf(this.#dir, name));
    return info;
  }
}

/** The data plane with another platform. */
export const withPlatform = <Plane extends DataPlane>(plane: Plane, platform: Plane['platform']): Plane =>
  Object.create(plane, { platform: { value: platform } });

/** The data plane on files, able to copy the states that a test keeps. */
export function withEarlierStates<Plane extends DataPlane>(
  plane: Plane,
  surroundings: Surroundings,
): { readonly dataPlane: Plane; keep(): Promise<void> } {
  const states = new KeptStates(plane, surroundings);
  const { platform: inner } = plane;
  const platform = Object.create(inner, {
    supports: { value: { ...inner.supports, pointInTimeGapMs: GAP_MS } },
    createDatabase: {
      value: (request: CreateDatabaseRequest, ...rest: []) =>
        request.seed?.timestamp === undefined
          ? inner.createDatabase(request, ...rest)
          : states.create(request),
    },
  });
  return { dataPlane: withPlatform(plane, platform), keep: () => states.keep() };
}
