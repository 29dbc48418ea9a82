import { ObjectStackError } from '@objectstack/spec/shared';
import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { RegistryTables } from './registry-tables.js';

/*
 * Building and compiling a query costs about as much as running it by an index. The queries of every request are therefore
 * compiled once for each shape: their text depends on the number of values only.
 */

const MOST_SHAPES = 200;

/** Queries of one database that were compiled before. */
export class CompiledQueries {
  readonly #db: Kysely<RegistryTables>;
  readonly #known = new Map<string, CompiledQuery>();

  constructor(db: Kysely<RegistryTables>) {
    this.#db = db;
  }

  /**
   * Returns the rows of a query. The values are its parameters in the order of the text, which must be the same for every
   * query of the shape.
   */
  async rows<Row>(
    shape: string,
    values: readonly unknown[],
    build: (db: Kysely<RegistryTables>) => Compilable<Row>,
  ): Promise<Row[]> {
    const known = this.#known.get(shape) as CompiledQuery<Row> | undefined;
    const query = known ? { ...known, parameters: values } : this.#compiled(shape, values, build);
    return (await this.#db.executeQuery(query)).rows;
  }

  #compiled<Row>(
    shape: string,
    values: readonly unknown[],
    build: (db: Kysely<RegistryTables>) => Compilable<Row>,
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
