import type {
  DataRecord,
  DriverOptions,
  RecordData,
  SqlResult,
  SqlStatement,
} from '@objectstack/spec/contracts';
import type { Filter, QueryInput } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { v7 as uuidv7 } from 'uuid';
import { readAutonumber } from './autonumber-format.js';
import { compileFind } from './compile-query.js';
import { compileAdvance, compileDelete, compileInsert, compileUpdate } from './compile-write.js';
import { decodeRecord } from './decode-record.js';
import { encodeChanges, encodeNewRecord } from './encode-record.js';
import type { FieldModel, ObjectModel } from './object-model.js';

/** Runs statements: in a transaction of their own, or in one that is open. */
export interface Executor {
  execute(statement: SqlStatement): Promise<SqlResult>;
  /** All or none; in an open transaction they only follow each other. */
  atomic(statements: readonly SqlStatement[]): Promise<SqlResult[]>;
}

/** What a single write needs. */
export interface WriteContext {
  readonly executor: Executor;
  readonly model: ObjectModel;
  readonly options: DriverOptions;
}

function recordNotFound(object: string): ObjectStackError {
  return new ObjectStackError({
    code: 'record_not_found',
    message: `${object} has no record with this id.`,
    details: { object },
  });
}

function firstRecord({ model }: WriteContext, result: SqlResult | undefined): DataRecord | null {
  const row = result?.rows[0];
  return row ? decodeRecord(model.columns, row) : null;
}

/** Statements that bring the sequences of the autonumber fields to where the new record needs them. */
function advances(
  object: string,
  fields: readonly FieldModel[],
  data: RecordData,
  now: string,
): SqlStatement[] {
  return fields.flatMap(({ name, autonumber }) => {
    const given = data[name];
    if (given === undefined || given === null) return [compileAdvance(object, name, null, now)];
    const number = autonumber && typeof given === 'string' ? readAutonumber(autonumber, given) : null;
    return number === null ? [] : [compileAdvance(object, name, number, now)];
  });
}

export async function createRecord(context: WriteContext, data: RecordData): Promise<DataRecord> {
  const { executor, model, options } = context;
  const now = new Date().toISOString();
  const columns = encodeNewRecord({ model, data, options, now, id: uuidv7() });
  const numbered = model.autonumbers.filter(({ name }) => data[name] === undefined || data[name] === null);
  const statements = [
    ...advances(model.name, model.autonumbers, data, now),
    compileInsert(model, columns, numbered),
  ];
  const record = firstRecord(context, (await executor.atomic(statements)).at(-1));
  if (!record) throw new ObjectStackError({ code: 'internal', message: 'An insert returned no record.' });
  return record;
}

export async function updateRecord(context: WriteContext, id: string, data: RecordData): Promise<DataRecord> {
  const { executor, model, options } = context;
  const now = new Date().toISOString();
  const columns = encodeChanges({ model, data, options, now });
  const given = model.autonumbers.filter(({ name }) => typeof data[name] === 'string');
  const statements = [...advances(model.name, given, data, now), compileUpdate(model, id, columns)];
  const record = firstRecord(context, (await executor.atomic(statements)).at(-1));
  if (!record) throw recordNotFound(model.name);
  return record;
}

export async function deleteRecord({ executor, model }: WriteContext, id: string): Promise<boolean> {
  return (await executor.execute(compileDelete(model, id))).rowsAffected > 0;
}

function conflictFilter({ model }: WriteContext, data: RecordData, keys: readonly string[]): Filter {
  const missing = keys.filter((key) => data[key] === undefined || data[key] === null);
  if (missing.length > 0 || keys.length === 0) {
    const violations = missing.map((field) => ({ field, rule: 'required' as const }));
    throw new ObjectStackError({
      code: 'validation_failed',
      message: `An upsert needs a value in every key (${missing.join(', ')}).`,
      details: { object: model.name, violations },
    });
  }
  return Object.fromEntries(keys.map((key) => [key, data[key] as string]));
}

/** Id, creation time and autonumbers stay what they were. */
function withoutIdentity({ model }: WriteContext, data: RecordData, keys: readonly string[]): RecordData {
  const kept = new Set(['id', 'created_at', ...model.autonumbers.map(({ name }) => name), ...keys]);
  return Object.fromEntries(Object.entries(data).filter(([name]) => !kept.has(name)));
}

/** Runs inside a transaction, so that nobody writes between looking and writing. */
export async function upsertRecord(
  context: WriteContext,
  data: RecordData,
  keys: readonly string[],
): Promise<{ record: DataRecord; created: boolean }> {
  const query: QueryInput = { where: conflictFilter(context, data, keys), fields: ['id'], limit: 2 };
  const { rows } = await context.executor.execute(compileFind(context.model, query).statement);
  if (rows.length > 1) {
    throw new ObjectStackError({
      code: 'unique_violation',
      message: `Several records of ${context.model.name} have these key values (${keys.join(', ')}).`,
      details: { object: context.model.name, fields: [...keys] },
    });
  }
  const id = rows[0]?.id;
  if (id === undefined) return { record: await createRecord(context, data), created: true };
  return {
    record: await updateRecord(context, String(id), withoutIdentity(context, data, keys)),
    created: false,
  };
}
