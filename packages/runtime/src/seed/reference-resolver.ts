import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import {
  type Field,
  isList,
  type ObjectDefinition,
  referenceTarget,
  type SeedDataset,
  storageOf,
} from '@objectstack/spec/data';
import { naturalKeyFields } from './seed-keys.js';

export interface ResolvedReference {
  /** Id or ids; `null` if nothing was found. */
  readonly value: string | string[] | null;
  readonly isComplete: boolean;
}

/** Resolves the lookups of seed records: by id, or by a natural key of the referenced object. */
export class ReferenceResolver {
  readonly #driver: IDataDriver;
  readonly #objects: ReadonlyMap<string, ObjectDefinition>;
  readonly #datasets: readonly SeedDataset[];
  readonly #found = new Map<string, string>();

  constructor(driver: IDataDriver, objects: readonly ObjectDefinition[], datasets: readonly SeedDataset[]) {
    this.#driver = driver;
    this.#objects = new Map(objects.map((definition) => [definition.name, definition]));
    this.#datasets = datasets;
  }

  /** Clears the cache: a cached record may have been rolled back, or deleted by another process. */
  forget(): void {
    this.#found.clear();
  }

  /** Whether the field refers to an object of this tenant. Other references are written unchanged. */
  refersInside(object: string, field: Field): boolean {
    const target = referenceTarget(field, object);
    return target !== undefined && this.#objects.has(target);
  }

  async resolve(
    object: string,
    field: Field,
    value: unknown,
    transaction?: DriverTransaction,
  ): Promise<ResolvedReference> {
    const target = referenceTarget(field, object) ?? '';
    if (!isList(field)) {
      const id = await this.#find(target, value, transaction);
      return { value: id, isComplete: id !== null };
    }
    const wanted = Array.isArray(value) ? value : [value];
    const ids: string[] = [];
    for (const item of wanted) {
      const id = await this.#find(target, item, transaction);
      if (id !== null) ids.push(id);
    }
    return { value: ids, isComplete: ids.length === wanted.length };
  }

  async #find(target: string, value: unknown, transaction?: DriverTransaction): Promise<string | null> {
    const definition = this.#objects.get(target);
    if (!definition || typeof value !== 'string') return null;
    const key = JSON.stringify([target, value]);
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    for (const field of ['id', ...naturalKeyFields(definition, this.#datasets)]) {
      const id = await this.#lookUp(definition, field, value, transaction);
      if (id === null) continue;
      this.#found.set(key, id);
      return id;
    }
    return null;
  }

  /** The only record with this value; none if several have it. */
  async #lookUp(
    definition: ObjectDefinition,
    name: string,
    value: string,
    transaction?: DriverTransaction,
  ): Promise<string | null> {
    const field = definition.fields[name];
    if (field && storageOf(field).encoding !== 'text') return null;
    const query = { where: { [name]: value }, fields: ['id'], limit: 2 };
    const records = await this.#driver.find(definition.name, query, transaction && { transaction });
    return records.length === 1 ? (records[0]?.id ?? null) : null;
  }
}
