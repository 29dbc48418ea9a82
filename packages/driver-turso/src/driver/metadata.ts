import type { SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { SYSTEM_OBJECTS } from '@objectstack/spec/system';
import type { Connection } from '../connection/connection.js';
import { isSqlError } from '../connection/is-sql-error.js';
import { readDefinition } from '../schema/definition-text.js';
import { type ObjectModel, toObjectModel } from './object-model.js';

/** Bound on how long a deployment by another process may stay unnoticed. */
const MAX_STALENESS_MS = 5_000;

const LATEST = 'SELECT id FROM _os_deployment ORDER BY sequence DESC LIMIT 1';
const READS = [LATEST, 'SELECT id, definition FROM _os_object'].map((sql) => ({ sql }));
const IS_CLAIMED = `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_os_object') AS claimed`;

const systemModels = new Map(
  Object.values(SYSTEM_OBJECTS).map((object) => [object.name as string, toObjectModel(object)]),
);

interface Snapshot {
  readonly deploymentId: string | null;
  readonly definitions: ReadonlyMap<string, string>;
  /** Objects that were asked for so far. */
  readonly models: Map<string, ObjectModel>;
}

/** The objects of one database, as its last deployment left them. */
export class Metadata {
  readonly #connection: Connection;
  #snapshot: Snapshot = { deploymentId: null, definitions: new Map(), models: new Map() };
  #checkedAt = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Resolves to whether the database holds our tables. */
  async load(): Promise<boolean> {
    const answers = await this.#read();
    const [latest, objects] = answers ?? [];
    const id = latest?.rows[0]?.id;
    const definitions = new Map(objects?.rows.map((row) => [String(row.id), String(row.definition)]));
    this.#snapshot = { deploymentId: id === undefined ? null : String(id), definitions, models: new Map() };
    this.#checkedAt = performance.now();
    return answers !== null;
  }

  /** Answers at one moment; null where our tables are not there. */
  async #read(): Promise<readonly SqlResult[] | null> {
    const read = () => this.#connection.atomic(READS, { foreignKeys: 'on', mode: 'read' });
    try {
      return await read();
    } catch (error) {
      if (!isSqlError(error)) throw error;
      // The tables may have come meanwhile, or something else is wrong, and is so again.
      return (await this.#isClaimed()) ? read() : null;
    }
  }

  get isStale(): boolean {
    return performance.now() - this.#checkedAt > MAX_STALENESS_MS;
  }

  /** What is known now; another object as soon as something else is known. */
  get snapshot(): object {
    return this.#snapshot;
  }

  /** Loads again if somebody has deployed since. */
  async revalidate(): Promise<void> {
    const latest = (await this.#isClaimed())
      ? (await this.#connection.execute({ sql: LATEST })).rows[0]?.id
      : undefined;
    if ((latest === undefined ? null : String(latest)) !== this.#snapshot.deploymentId) await this.load();
    this.#checkedAt = performance.now();
  }

  async #isClaimed(): Promise<boolean> {
    return (await this.#connection.execute({ sql: IS_CLAIMED })).rows[0]?.claimed === 1;
  }

  /** The object, if it was deployed when this was last looked at. */
  find(name: string): ObjectModel | undefined {
    const { models, definitions } = this.#snapshot;
    const known = models.get(name);
    if (known) return known;
    const text = definitions.get(name);
    if (text === undefined) return undefined;
    const model = toObjectModel(readDefinition(text));
    models.set(name, model);
    return model;
  }

  /** One of our own objects. */
  findSystem(name: string): ObjectModel | undefined {
    return systemModels.get(name);
  }
}

export function objectNotFound(name: string): ObjectStackError {
  return new ObjectStackError({
    code: 'object_not_found',
    message: `No object ${String(name)} is deployed.`,
    details: { object: String(name) },
  });
}
