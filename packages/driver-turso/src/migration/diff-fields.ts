import { type Field, type ObjectDefinition, storageOf } from '@objectstack/spec/data';
import type { ChangeCode, FieldChange } from '@objectstack/spec/system';
import { foreignKeyOf } from '../schema/foreign-key.js';
import { isSameJson } from '../schema/hash.js';
import { codeOfAddedField, codeOfChangedField, riskOfCode } from './field-change-code.js';

/** Objects that lookups may refer to, before and after the change. */
export interface KnownObjects {
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

const differ = (a: unknown, b: unknown) => !isSameJson(a, b);

/** The feature that changes a column. */
export type PhysicalChange = 'retype_field' | 'change_not_null' | 'change_reference';

/** What changes in the column of a field that stays. */
export function physicalChange(
  object: string,
  field: string,
  { before, after }: { before: Field; after: Field },
  known: KnownObjects,
): PhysicalChange | null {
  const [from, to] = [storageOf(before), storageOf(after)];
  if (from.column !== to.column || from.encoding !== to.encoding) return 'retype_field';
  if ((before.storage?.notNull === true) !== (after.storage?.notNull === true)) return 'change_not_null';
  const keys = [
    foreignKeyOf(object, field, before, known.before),
    foreignKeyOf(object, field, after, known.after),
  ];
  return differ(keys[0], keys[1]) ? 'change_reference' : null;
}

function renamedField(
  name: string,
  field: Field,
  before: ObjectDefinition,
  after: ObjectDefinition,
): Field | undefined {
  const former = field.renamedFrom;
  if (!former || Object.hasOwn(before.fields, name) || Object.hasOwn(after.fields, former)) return undefined;
  return Object.hasOwn(before.fields, former) ? before.fields[former] : undefined;
}

function changeOfField(
  name: string,
  field: Field,
  sides: [ObjectDefinition, ObjectDefinition],
  known: KnownObjects,
) {
  const [before, after] = sides;
  const object = after.name;
  const former = Object.hasOwn(before.fields, name) ? before.fields[name] : undefined;
  const change = (
    verb: string,
    kind: FieldChange['change'],
    code: ChangeCode,
    was?: Field,
  ): FieldChange[] => [
    {
      id: `${verb}_field:${object}.${name}`,
      change: kind,
      risk: riskOfCode(code),
      code,
      object,
      field: name,
      ...(was && { before: was }),
      after: field,
    },
  ];
  if (!former) {
    const renamed = renamedField(name, field, before, after);
    return renamed
      ? change('rename', 'renamed', 'BC302', renamed)
      : change('add', 'added', codeOfAddedField(field));
  }
  const physical = physicalChange(object, name, { before: former, after: field }, known);
  if (!physical && !differ(former, field)) return [];
  return change('change', 'modified', codeOfChangedField(former, field, physical), former);
}

/** Changes of the fields of an object that was there before, sorted by name. */
export function diffFields(
  before: ObjectDefinition,
  after: ObjectDefinition,
  known: KnownObjects,
): FieldChange[] {
  const changes = Object.entries(after.fields).flatMap(([name, field]) =>
    changeOfField(name, field, [before, after], known),
  );
  const renamed = new Set(
    changes.flatMap((change) => (change.change === 'renamed' ? [change.after?.renamedFrom] : [])),
  );
  for (const [name, field] of Object.entries(before.fields)) {
    if (Object.hasOwn(after.fields, name) || renamed.has(name)) continue;
    const id = `remove_field:${before.name}.${name}`;
    changes.push({
      id,
      change: 'removed',
      risk: 'loses_data',
      code: 'DS102',
      object: before.name,
      field: name,
      before: field,
    });
  }
  return changes.sort((a, b) => (a.field < b.field ? -1 : 1));
}
