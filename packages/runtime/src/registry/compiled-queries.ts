import { ObjectStackError } from '@objectstack/spec/shared';
import type { Compilable, CompiledQuery, Insertable, Kysely } from 'kysely';
import type { RegistryTables } from './registry-tables.js';

/*
 * Building and compiling a query costs about as much as running it by an index. The queries of every request are therefore
 * compiled once for each shape: their text depends on the number of values only.
 */

const MOST_SHAPES = 200;

type Database = Kysely<RegistryTables>;
type Known = Map<string, CompiledQuery>;

/** By the adapter of a database, which its transactions share. */
const knownOf = new WeakMap<object, Known>();

function knownIn(db: Database): Known {
  const { adapter } = db.getExecutor();
  const known = knownOf.get(adapter) ?? new Map();
  knownOf.set(adapter, known);
  return known;
}

/** Queries of one database that were compiled before, also in other transactions. */
export class CompiledQueries {
  readonly #db: Database;
  readonly #known: Known;

  /** `db` runs the queries: the database, or a transaction. */
  constructor(db: Database) {
    this.#db = db;
    this.#known = knownIn(db);
  }

  /**
   * Returns the rows of a query. The values are its parameters in the order of the text, which must be the same for every
   * query of the shape.
   */
  async rows<Row>(
    shape: string,
    values: readonly unknown[],
    build: (db: Database) => Compilable<Row>,
  ): Promise<Row[]> {
    const known = this.#known.get(shape) as CompiledQuery<Row> | undefined;
    const query = known ? { ...known, parameters: values } : this.#compiled(shape, values, build);
    return (await this.#db.executeQuery(query)).rows;
  }

  /** Adds rows. Those of all calls for a table have the same columns in the same order, and none is undefined. */
  async insert<Table extends keyof RegistryTables & string>(
    table: Table,
    rows: readonly Insertable<RegistryTables[Table]>[],
  ): Promise<void> {
    const values = rows.flatMap((row) => Object.values(row));
    await this.rows(`insert ${rows.length} ${table}`, values, (db) => db.insertInto(table).values(rows));
  }

  #compiled<Row>(
    shape: string,
    values: readonly unknown[],
    build: (db: Database) => Compilable<Row>,
  ): CompiledQuery<Row> {
    const query = build(this.#db).compile();
    const isSame = query.parameters.every((parameter, index) => Object.is(parameter, values[index]));
    if (!isSame || query.parameters.length !== values.length)
      throw new ObjectStackError({
        code: 'internal',
        message: `The values of the query ${shape} are not those of its text.`,
      });
    if (this.#known.size < MOST_SHAPES) this.#known.set(shape, query);
    return query;
  }
}
