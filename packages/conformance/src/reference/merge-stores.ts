import { memoryError } from './memory-error.js';
import { assertReferences, type MemoryStore, withoutRecord, withRecord } from './memory-store.js';

/** States of the database: at the start of a transaction, in it, and what others have stored in the meantime. */
interface States {
  readonly base: MemoryStore;
  readonly own: MemoryStore;
  readonly others: MemoryStore;
}

type Records = MemoryStore['tables'];

const recordOf = (tables: Records, object: string, id: string) => tables.get(object)?.records.get(id);

/** Ids of the records that the transaction has changed, by object. */
function changedIds({ base, own }: States): (readonly [object: string, id: string])[] {
  return [...own.tables].flatMap(([object, { records }]) => {
    const before = base.tables.get(object)?.records ?? new Map();
    const ids = [...new Set([...before.keys(), ...records.keys()])];
    return ids.filter((id) => before.get(id) !== records.get(id)).map((id) => [object, id] as const);
  });
}

/** The autonumbers of both; a sequence that both have advanced is a conflict. */
function mergedSequences({ base, own, others }: States): MemoryStore['sequences'] {
  const sequences = new Map(others.sequences);
  for (const [name, value] of own.sequences) {
    if (value === base.sequences.get(name)) continue;
    if (others.sequences.get(name) !== base.sequences.get(name)) throw memoryError('database_busy');
    sequences.set(name, value);
  }
  return sequences;
}

/**
 * The store after the commit of a transaction, if others have written since it began. Throws `database_busy` if both have
 * changed a record or an autonumber, `unique_violation` or `foreign_key_violation` if their writes violate a rule.
 */
export function mergeStores(states: States): MemoryStore {
  const { base, own, others } = states;
  if (base === others) return own;
  const changes = changedIds(states);
  const isConflict = ([object, id]: readonly [string, string]) =>
    recordOf(base.tables, object, id) !== recordOf(others.tables, object, id);
  if (changes.some(isConflict)) throw memoryError('database_busy');
  const merged = changes.reduce((store, [object, id]) => {
    const record = recordOf(own.tables, object, id);
    return record ? withRecord(store, object, record) : withoutRecord(store, object, id);
  }, others);
  assertReferences(merged);
  return { ...merged, sequences: mergedSequences(states) };
}
