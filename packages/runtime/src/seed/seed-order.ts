import { type ObjectDefinition, referenceTarget, type SeedDataset } from '@objectstack/spec/data';

function targetsOf(definition: ObjectDefinition | undefined): string[] {
  if (!definition) return [];
  return Object.values(definition.fields).flatMap((field) => referenceTarget(field, definition.name) ?? []);
}

/** Sorts seed sets so that referenced sets come first. Sets in a cycle keep the order of the bundle. */
export function seedOrder(
  datasets: readonly SeedDataset[],
  objects: readonly ObjectDefinition[],
): SeedDataset[] {
  const definitions = new Map(objects.map((definition) => [definition.name, definition]));
  const ordered = new Set<SeedDataset>();
  const visiting = new Set<SeedDataset>();
  const visit = (dataset: SeedDataset) => {
    if (ordered.has(dataset) || visiting.has(dataset)) return;
    visiting.add(dataset);
    const targets = new Set(targetsOf(definitions.get(dataset.object)));
    for (const other of datasets)
      if (other.object !== dataset.object && targets.has(other.object)) visit(other);
    ordered.add(dataset);
  };
  datasets.forEach(visit);
  return [...ordered];
}
