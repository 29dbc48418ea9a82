import type { SqlResult } from '@objectstack/spec/contracts';
import { referenceTarget } from '@objectstack/spec/data';
import { SYSTEM_PREFIX } from '@objectstack/spec/shared';
import { SYSTEM_OBJECTS } from '@objectstack/spec/system';
import { readDefinition } from '../schema/definition-text.js';
import { type ObjectModel, toObjectModel } from './object-model.js';

const systemModels = new Map(
  Object.values(SYSTEM_OBJECTS).map((object) => [object.name as string, toObjectModel(object)]),
);

export const isSystemObject = (object: unknown) => String(object).startsWith(SYSTEM_PREFIX);

/** Only a definition whose text contains the key can have the property. */
function withIntegerIds(definitions: ReadonlyMap<string, string>): ReadonlySet<string> {
  const candidates = [...definitions].filter(([, text]) => text.includes('"idType"'));
  const found = candidates.filter(([, text]) => readDefinition(text).idType === 'integer');
  return new Set(found.map(([name]) => name));
}

const isSameSet = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  one.size === other.size && [...one].every((item) => other.has(item));

/** The objects of one database as of one deployment. */
export class MetadataSnapshot {
  /** Id of the deployment; null before the first. */
  readonly deploymentId: string | null;
  readonly #definitions: ReadonlyMap<string, string>;
  /** Object models created so far. */
  readonly #models = new Map<string, ObjectModel>();
  /** Names of the objects with integer ids, on which the models of all objects depend. */
  readonly #withIntegerIds: ReadonlySet<string>;

  /** Reuses the models of objects that are unchanged since the previous snapshot. */
  constructor(
    deploymentId: string | null,
    definitions: ReadonlyMap<string, string> = new Map(),
    previous?: MetadataSnapshot,
  ) {
    this.deploymentId = deploymentId;
    this.#definitions = definitions;
    this.#withIntegerIds = withIntegerIds(definitions);
    if (!previous || !isSameSet(this.#withIntegerIds, previous.#withIntegerIds)) return;
    for (const [name, model] of previous.#models)
      if (previous.#definitions.get(name) === definitions.get(name)) this.#models.set(name, model);
  }

  /** Creates a snapshot from the query results for the latest deployment and all object definitions. */
  static read(
    [latest, objects]: readonly (SqlResult | undefined)[],
    previous?: MetadataSnapshot,
  ): MetadataSnapshot {
    const id = latest?.rows[0]?.id;
    const definitions = new Map(objects?.rows.map((row) => [String(row.id), String(row.definition)]));
    return new MetadataSnapshot(id === undefined ? null : String(id), definitions, previous);
  }

  /** Names of the deployed objects. */
  objectNames(): Iterable<string> {
    return this.#definitions.keys();
  }

  find(name: string): ObjectModel | undefined {
    const known = this.#models.get(name);
    if (known) return known;
    const text = this.#definitions.get(name);
    if (text === undefined) return undefined;
    const model = toObjectModel(readDefinition(text), (target) =>
      this.#withIntegerIds.has(target) ? 'integer' : undefined,
    );
    this.#models.set(name, model);
    return model;
  }

  /** The objects with a lookup to this one, including itself. */
  referringTo(target: string): ObjectModel[] {
    return [...this.#definitions.keys()].flatMap((name) => {
      const model = this.find(name);
      const refers = model?.columns.some(({ field }) => referenceTarget(field, name) === target);
      return model && refers ? [model] : [];
    });
  }

  /** A system object. */
  findSystem(name: string): ObjectModel | undefined {
    return systemModels.get(name);
  }
}
