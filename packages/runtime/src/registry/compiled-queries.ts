import { ObjectStackError } from '@objectstack/spec/shared';
import type { Compilable, CompiledQuery, Insertable, Kysely } from 'kysely';
import { Placeholder, placeholdersOf, shapeOf } from './placeholder.js';
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

  /**
   * Returns the rows of a query that is built for arguments: values, or objects and arrays of values. The query is built once for
   * all arguments with the same keys and lengths, from placeholders, so it must depend on nothing else than those and its name.
   */
  async run<Args, Row>(
    name: string,
    args: Args,
    build: (db: Database, args: Args) => Compilable<Row>,
  ): Promise<Row[]> {
    const shape = `${name} ${shapeOf(args)}`;
    const query = this.#known.get(shape) ?? this.#template(shape, build(this.#db, placeholdersOf(args)));
    const parameters = query.parameters.map((one) => (one instanceof Placeholder ? one.read(args) : one));
    const { rows } = await this.#db.executeQuery({ ...query, parameters });
    return rows as Row[];
  }

  /** Adds rows of the same columns. */
  async insert<Table extends keyof RegistryTables & string>(
    table: Table,
    rows: readonly Insertable<RegistryTables[Table]>[],
  ): Promise<void> {
    await this.run(`insert ${table}`, rows, (db, values) => db.insertInto(table).values(values));
  }

  #template(shape: string, query: Compilable<unknown>): CompiledQuery {
    const compiled = query.compile();
    if (this.#known.size < MOST_SHAPES) this.#known.set(shape, compiled);
    return compiled;
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
