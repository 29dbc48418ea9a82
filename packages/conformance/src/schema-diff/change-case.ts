import type { ObjectDefinition } from '@objectstack/spec/data';

/** A change and its expected description. */
export interface ChangeCase {
  /** Description of the change in the middle of a sentence. */
  readonly what: string;
  readonly before: readonly ObjectDefinition[];
  readonly after: readonly ObjectDefinition[];
  /** Id, kind, risk and code of each change; an index is identified by its columns. */
  readonly changes: readonly string[];
  /** Whether no table changes. */
  readonly isWords?: true;
}
export type ChangeCases = Readonly<Record<string, ChangeCase>>;

export const changedObject = (name: string) => `change_object:${name} modified safe SF005`;
