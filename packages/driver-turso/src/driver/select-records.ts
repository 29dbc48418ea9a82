import type { DataRecord, ValueRow } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import type { CompiledQuery } from './compile-find.js';
import { compileValues } from './compile-values.js';
import { decodeRecord, decodeValues } from './decode-record.js';
import { expandRecords, type Lookup, planExpand } from './expand-records.js';
import { mapInTurns } from './map-in-turns.js';
import { metadataChanged } from './metadata-version.js';
import type { ObjectModel } from './object-model.js';
import type { Operation } from './operation.js';
import { prepareFind } from './prepare-find.js';

export interface FindPlan extends CompiledQuery {
  readonly model: ObjectModel;
  readonly lookups: readonly Lookup[];
}

/** The statement of a query for records and the lookups to expand. Throws before anything is read. */
export function planFind({ model, findModel }: Operation, query: QueryInput): FindPlan {
  const find = prepareFind(model, query);
  const lookups = query?.expand
    ? planExpand(model, query.expand, { path: '/expand', level: 0, findModel })
    : [];
  return { ...find, model, lookups };
}

export async function selectRecords(
  operation: Operation,
  query: QueryInput,
  { statement, columns, lookups }: FindPlan = planFind(operation, query),
): Promise<DataRecord[]> {
  const { model, executor } = operation;
  const { rows } = await executor.read(statement);
  const records = await mapInTurns(rows, (row) => decodeRecord(model.name, columns, row));
  if (lookups.length > 0) await expandRecords(records, lookups, executor);
  return records;
}

export async function selectValues({ model, executor }: Operation, query: QueryInput): Promise<ValueRow[]> {
  const { statement, columns } = compileValues(model, query);
  const { rows } = await executor.read(statement);
  return mapInTurns(rows, (row) => decodeValues(model.name, columns, row));
}

function modelsOf({ model, lookups }: Pick<FindPlan, 'model' | 'lookups'>): ObjectModel[] {
  return [
    model,
    ...lookups.flatMap(({ target, lookups: inner }) => modelsOf({ model: target, lookups: inner })),
  ];
}

/**
 * Selects for consecutive queries of one call. Throws `metadata_changed` if a deployment changed one of their objects
 * since the first query, because its records would differ in shape from the previous ones.
 */
export function selectPages(): typeof selectRecords {
  let first: readonly ObjectModel[] | undefined;
  return async (operation, query) => {
    const plan = planFind(operation, query);
    const models = modelsOf(plan);
    if (first && models.some((model, index) => model !== first?.[index]))
      throw metadataChanged(operation.model.name);
    const records = await selectRecords(operation, query, plan);
    first = models;
    return records;
  };
}
