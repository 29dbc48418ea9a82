import type { ObjectDefinition } from '@objectstack/spec/data';
import { storageOf } from '@objectstack/spec/data';
import type { Random } from '@objectstack/testing';

type Make = (object: ObjectDefinition, field: string, number: number) => string;

/** What strangers make in a database beside us: each kind that a plan has to leave alone or bring back. */
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

export interface ByHand {
  readonly kind: string;
  readonly sql: string;
}

/** A log for triggers, and some things made by hand around the objects. */
export function madeByHand(random: Random, objects: readonly ObjectDefinition[]): ByHand[] {
  const things = Array.from({ length: 1 + random.below(3) }, (_, n): ByHand => {
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
