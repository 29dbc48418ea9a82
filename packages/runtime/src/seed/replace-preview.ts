import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition, SeedDataset, SeedEnvironment } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema, DeployBundle, DeployDiff, PreflightFinding } from '@objectstack/spec/system';
import { othersOf } from './delete-others.js';
import { evaluatedSet } from './evaluated-set.js';
import { findRemoval } from './find-removal.js';
import { ReferenceResolver } from './reference-resolver.js';
import { factsOf, replaceId, samplesOf } from './replace-approval.js';
import { sqlIn } from './run-sql.js';
import { externalKeys } from './seed-keys.js';
import { readProgress } from './seed-progress.js';
import { type SeedSet, seedSetIds, skippedAs, toSeedSet } from './seed-set.js';

export interface PreviewRequest {
  readonly driver: IDataDriver;
  readonly bundle: DeployBundle;
  readonly current: CurrentSchema;
  readonly environment: SeedEnvironment;
  /** Pending migration. Absent: none. */
  readonly diff?: DeployDiff;
}

/** Names of an object and its fields before the migration. */
function previousNames({ current, diff }: PreviewRequest, object: string) {
  const change = diff?.objects.find((each) => each.object === object);
  const isThere = change?.change !== 'added' && change?.change !== 'removed';
  const name = change?.before?.name ?? object;
  const definition = current.objects.find((each) => each.definition.name === name)?.definition;
  const fields = new Map(
    (diff?.fields ?? []).flatMap(({ object: of, field, former }) =>
      of === object && former ? [[field, former] as const] : [],
    ),
  );
  return isThere && definition ? { definition, nameOf: (field: string) => fields.get(field) ?? field } : null;
}

/** The seed set converted to the names before the migration. */
function before(set: SeedSet, definition: ObjectDefinition, nameOf: (field: string) => string): SeedSet {
  const rename = (record: SeedDataset['records'][number]) =>
    Object.fromEntries(Object.entries(record).map(([field, value]) => [nameOf(field), value]));
  const dataset: SeedDataset = {
    ...set.dataset,
    externalId: externalKeys(set.dataset).map(nameOf),
    records: set.dataset.records.map(rename),
  };
  return { ...set, dataset, definition };
}

function findingsOf(
  object: string,
  { foreign, seeded }: Awaited<ReturnType<typeof factsOf>>,
): PreflightFinding[] {
  const finding = (checkId: string, ids: readonly string[], explanation: string) =>
    ids.length === 0 ? [] : [{ checkId, rows: ids.length, samples: samplesOf(ids), explanation }];
  return [
    ...finding(
      replaceId(object),
      foreign,
      `Records that seed data did not create, and that the seed data of ${object} would delete, or of which it would clear a lookup. Needs approval by this id.`,
    ),
    ...finding(
      `replace_seeded:${object}`,
      seeded,
      `Records that earlier seed data created, and that the seed data of ${object} would delete.`,
    ),
  ];
}

/**
 * Ids of the records that the seed set does not contain, by the names before the migration; all records if the keys do
 * not fit the fields yet, so that none is missed.
 */
async function othersNow(
  { driver }: PreviewRequest,
  resolver: ReferenceResolver,
  set: SeedSet,
): Promise<string[]> {
  try {
    return await othersOf({ driver, resolver }, set);
  } catch (error) {
    if (!ObjectStackError.isInstance(error) || error.code !== 'invalid_filter') throw error;
    return (await driver.find(set.definition.name, { fields: ['id'] })).map(({ id }) => id);
  }
}

/**
 * Records that the sets of a bundle with the mode replace would remove, counted before anything is written. Read-only.
 */
export async function previewReplace(request: PreviewRequest): Promise<PreflightFinding[]> {
  const { driver, bundle, current, environment } = request;
  const isReplaced = (dataset: SeedDataset) =>
    dataset.mode === 'replace' && !skippedAs(dataset, bundle, environment);
  const replaced = bundle.seedData.filter(isReplaced);
  if (replaced.length === 0) return [];
  const ids = seedSetIds(bundle);
  const progress = await readProgress(
    driver,
    replaced.map((dataset) => ({ id: ids.get(dataset) ?? '', dataset })),
  );
  const definitions = current.objects.map(({ definition }) => definition);
  const resolver = new ReferenceResolver(driver, definitions, bundle.seedData);
  const sql = sqlIn(driver);
  const findings: PreflightFinding[] = [];
  for (const dataset of replaced) {
    const former = previousNames(request, dataset.object);
    const written = toSeedSet(dataset, bundle, ids);
    const { isComplete, storedResult } = progress.get(written.id) ?? {};
    if (!former || !storedResult || isComplete || storedResult.hasCleared) continue;
    const set = await evaluatedSet(written, storedResult.evaluatedAt ?? new Date().toISOString());
    const others = await othersNow(request, resolver, before(set, former.definition, former.nameOf));
    if (others.length === 0) continue;
    const facts = await factsOf(sql, await findRemoval(sql, former.definition.name, others));
    findings.push(...findingsOf(dataset.object, facts));
  }
  return findings;
}
