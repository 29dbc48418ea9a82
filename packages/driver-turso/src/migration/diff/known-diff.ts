import type { ObjectDefinition } from '@objectstack/spec/data';
import type { Component, CurrentSchema, DeployDiff } from '@objectstack/spec/system';

/*
 * A diff follows from the contents of a schema and the desired metadata. The contents of databases with the same schema
 * are one frozen value, and so is each definition, however often it is given. So the inputs of a diff are compared by
 * identity, and tenants with the same application and the same changes share one diff.
 */

const MOST_DIFFS = 16;
/** Objects and components of all diffs that are kept. A diff with more is not kept. */
const MOST_DEFINITIONS = 5_000;
/** Columns that take as much memory as a definition. A schema can have any number of tables that no object describes. */
const COLUMNS_OF_DEFINITION = 16;

/** Everything that a diff without rollback information follows from. All values are frozen deeply. */
export interface DiffInputs {
  readonly current: CurrentSchema;
  /** Sorted by name. */
  readonly desired: readonly ObjectDefinition[];
  readonly components: readonly Component[] | undefined;
  readonly owner: string;
}

interface Known extends DiffInputs {
  readonly size: number;
  readonly diff: DeployDiff;
}

/** The least recently used first. */
const known: Known[] = [];

const CONTENTS = ['tables', 'views', 'objects', 'components', 'adopted', 'schemaHash', 'dialect'] as const;

function isSameList<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((item, index) => isSame(item, b[index] as T));
}

const isSameComponent = (a: Component, b: Component) =>
  a.definition === b.definition && a.kind === b.kind && a.name === b.name;

function isSameInput(a: DiffInputs, b: DiffInputs): boolean {
  if (a.owner !== b.owner || CONTENTS.some((key) => a.current[key] !== b.current[key])) return false;
  if ((a.components === undefined) !== (b.components === undefined)) return false;
  return (
    isSameList(a.desired, b.desired, Object.is) &&
    isSameList(a.components ?? [], b.components ?? [], isSameComponent)
  );
}

/** The diff to which the same inputs led before. */
export function knownDiff(inputs: DiffInputs): DeployDiff | undefined {
  const index = known.findLastIndex((each) => isSameInput(each, inputs));
  const [found] = index === -1 ? [] : known.splice(index, 1);
  if (found) known.push(found);
  return found?.diff;
}

function sizeOf({ current, desired, components = [] }: DiffInputs): number {
  const columns = current.tables.reduce((sum, table) => sum + table.columns.length, 0);
  return (
    desired.length + components.length + current.objects.length + Math.ceil(columns / COLUMNS_OF_DEFINITION)
  );
}

/** Keeps a diff that was derived from the inputs. It must be frozen deeply. */
export function rememberDiff(inputs: DiffInputs, diff: DeployDiff): void {
  const size = sizeOf(inputs);
  if (size > MOST_DEFINITIONS) return;
  known.push({ ...inputs, size, diff });
  while (known.length > MOST_DIFFS || total() > MOST_DEFINITIONS) known.shift();
}

const total = () => known.reduce((sum, { size }) => sum + size, 0);
