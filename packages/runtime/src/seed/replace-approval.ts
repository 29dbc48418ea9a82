import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeployBundle } from '@objectstack/spec/system';
import { byObject, type Removal } from './find-removal.js';
import type { RunSql } from './run-sql.js';
import { hasSeedTables, seedOriginsOf } from './seed-records.js';

const MOST_SAMPLES = 5;

/** Id by which the loss of records that no seed created is approved. */
export const replaceId = (object: string) => `replace_records:${object}`;

export const isReplaceId = (id: string) => id.startsWith(replaceId(''));

/** Ids that the seeds of a bundle may require approval for. */
export function replaceIds({ objects, seedData }: DeployBundle): Set<string> {
  const own = new Set(objects.map(({ name }) => name));
  const replaced = seedData.filter(({ mode, object }) => mode === 'replace' && own.has(object));
  return new Set(replaced.map(({ object }) => replaceId(object)));
}

/** Records that a removal would affect, grouped by creator. */
export interface RemovalFacts {
  /** Ids of records that no seed created and that would be deleted or lose a lookup. */
  readonly foreign: readonly string[];
  /** Ids of records that seeds created and that would be deleted. */
  readonly seeded: readonly string[];
}

export async function factsOf(sql: RunSql, { removed, cleared }: Removal): Promise<RemovalFacts> {
  const isKnown = await hasSeedTables(sql);
  const foreign = new Set<string>();
  const seeded: string[] = [];
  const sort = async (object: string, ids: readonly string[], goes: boolean) => {
    const origins = isKnown ? await seedOriginsOf(sql, object, ids) : new Map();
    for (const id of ids) {
      if (!origins.has(id)) foreign.add(`${object}/${id}`);
      else if (goes) seeded.push(id);
    }
  };
  for (const [object, ids] of removed) await sort(object, [...ids], true);
  for (const [object, references] of byObject(cleared))
    await sort(
      object,
      references.map(({ record }) => record),
      false,
    );
  const idOf = (key: string) => key.slice(key.indexOf('/') + 1);
  return { foreign: [...foreign].map(idOf), seeded };
}

export const samplesOf = (ids: readonly string[]) => [...ids].slice(0, MOST_SAMPLES);

/** Throws `destructive_not_allowed` if the removal affects records that no seed created without approval. */
export function assertReplaceable(
  object: string,
  { foreign }: RemovalFacts,
  approved: ReadonlySet<string>,
): void {
  const id = replaceId(object);
  if (foreign.length === 0 || approved.has(id)) return;
  throw replaceRefused([{ id, rows: foreign.length, samples: samplesOf(foreign) }]);
}

export function replaceRefused(
  refused: readonly { id: string; rows: number; samples: readonly string[] }[],
): ObjectStackError {
  const changes = refused.map(({ id }) => id);
  const rows = refused.reduce((sum, each) => sum + each.rows, 0);
  return new ObjectStackError({
    code: 'destructive_not_allowed',
    message: `The seed data would delete, or clear a lookup of, ${rows} record${rows === 1 ? '' : 's'} that seed data did not create. Approve this by these ids in allow: ${changes.join(', ')}.`,
    details: { changes, rows, samples: refused.flatMap(({ samples }) => samples).slice(0, MOST_SAMPLES) },
  });
}
