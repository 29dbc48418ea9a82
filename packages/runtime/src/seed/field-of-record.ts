import { type Field, type ObjectDefinition, SYSTEM_FIELDS } from '@objectstack/spec/data';

/** Finds a field of an object by its name, including the system fields. */
export function fieldOfRecord({ fields }: ObjectDefinition): (name: string) => Field | undefined {
  const all: ReadonlyMap<string, Field> = new Map(Object.entries({ ...fields, ...SYSTEM_FIELDS }));
  return (name) => all.get(name);
}
