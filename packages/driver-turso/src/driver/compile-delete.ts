import type { SqlStatement } from '@objectstack/spec/contracts';
import { quote } from '../schema/quote.js';
import { compileFilter } from './compile-filter.js';
import { toStatement } from './compile-find.js';
import { idOfRecord } from './id-of-record.js';
import type { ObjectModel } from './object-model.js';
import { queryBuilder } from './query-builder.js';

/** DELETE of the records with one of the ids. */
export function compileDeleteIds(model: ObjectModel, ids: readonly string[]): SqlStatement {
  return {
    sql: `delete from ${quote(model.name)} where "id" in (select value from temp.json_each(?))`,
    args: [JSON.stringify(ids.map((id) => idOfRecord(model, id)))],
  };
}

export function compileDelete(model: ObjectModel, id: string): SqlStatement {
  return toStatement(queryBuilder.deleteFrom(model.name).where('id', '=', idOfRecord(model, id)));
}

export function compileDeleteMany(model: ObjectModel, filter: unknown): SqlStatement {
  return toStatement(queryBuilder.deleteFrom(model.name).where(compileFilter(model, filter)));
}
