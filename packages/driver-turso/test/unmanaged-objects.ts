import { type ObjectDefinition, storageOf } from '@objectstack/spec/data';
import type { Random } from '@objectstack/testing';

type Make = (object: ObjectDefinition, field: string, number: number) => string;

/** Unmanaged objects of each kind, which a plan must not change or must restore. */
const MAKERS: Readonly<Record<string, Make>> = {
  column: ({ name }, _field, n) =>
    `ALTER TABLE "${name}" ADD COLUMN hand_${n} TEXT DEFAULT 'by hand' CHECK (hand_${n} <> ',')`,
  generated: ({ name }, _field, n) =>
    `ALTER TABLE "${name}" ADD COLUMN hand_${n} TEXT GENERATED ALWAYS AS (substr(id, 1, 4)) VIRTUAL`,
  generatedOfField: ({ name }, field, n) =>
    `ALTER TABLE "${name}" ADD COLUMN hand_${n} TEXT AS (typeof("${field}"))`,
  index: ({ name }, field, n) => `CREATE INDEX hand_${n} ON "${name}" ("${field}" DESC) WHERE id <> 'x'`,
  expressionIndex: ({ name }, _field, n) => `CREATE INDEX hand_${n} ON "${name}" (length(created_at), id)`,
  trigger: ({ name }, _field, n) =>
    `CREATE TRIGGER hand_${n} AFTER DELETE ON "${name}" BEGIN INSERT INTO hand_log VALUES (old.id); END`,
  triggerOfField: ({ name }, field, n) =>
    `CREATE TRIGGER hand_${n} AFTER UPDATE OF "${field}" ON "${name}" BEGIN SELECT new."${field}"; END`,
  view: ({ name }, field, n) => `CREATE VIEW hand_${n} AS SELECT id, "${field}" FROM "${name}"`,
  table: ({ name }, _field, n) =>
    `CREATE TABLE hand_${n} (k INTEGER PRIMARY KEY AUTOINCREMENT, r TEXT REFERENCES "${name}"("id") ON DELETE SET NULL, UNIQUE (r, k)) STRICT`,
};

export interface UnmanagedSql {
  readonly kind: string;
  readonly sql: string;
}

/** A log table for triggers, and some unmanaged objects that use the objects. */
export function createUnmanagedObjects(random: Random, objects: readonly ObjectDefinition[]): UnmanagedSql[] {
  const things = Array.from({ length: 1 + random.below(3) }, (_, n): UnmanagedSql => {
    const object = random.pick(objects);
    const stored = Object.keys(object.fields).filter(
      (name) => storageOf(object.fields[name] as never).column,
    );
    const field = stored.length > 0 ? random.pick(stored) : 'created_at';
    const kind = random.pick(Object.keys(MAKERS));
    return { kind, sql: MAKERS[kind]?.(object, field, n) ?? '' };
  });
  return [{ kind: 'log', sql: 'CREATE TABLE hand_log (id TEXT)' }, ...things];
}
