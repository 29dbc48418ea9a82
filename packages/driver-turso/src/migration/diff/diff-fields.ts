import { type Field, type ObjectDefinition, storageOf } from '@objectstack/spec/data';
import type { ChangeCode, FieldChange } from '@objectstack/spec/system';
import { foreignKeyOf } from '../../schema/foreign-key-of.js';
import { isSameJson } from '../../schema/hash-of.js';
import type { ObjectIdTypes } from '../../schema/id-types-of.js';
import { conversionOf } from './conversions/conversion-of.js';
import {
  addedFieldCode,
  codeWithMissedRename,
  codeWithWeakening,
  fieldChangeCode,
  riskOfCode,
} from './field-change-code.js';
import type { PhysicalChange } from './physical-change.js';
import { type KnownPredecessors, matchRenames } from './renames/match-renames.js';
import { type Names, renamed } from './renames/rename-table.js';
import { isPlaceholderName } from './renames/renamed-columns.js';
import { unprovenRenames } from './renames/unproven-renames.js';
import { requiredRule } from './stricter-rules.js';
import { type KeyChange, type WeakeningCode, weakeningCodes } from './weakening-code.js';

/** Possible targets of lookups before and after the deployment. */
export interface KnownObjects {
  readonly before: ObjectIdTypes;
  readonly after: ObjectIdTypes;
  /** New names of renamed objects, and placeholder names of removed ones. */
  readonly renames: Names;
  /** In a rollback: current names of the object's fields. */
  readonly predecessors?: KnownPredecessors | undefined;
}

/** A remaining field with its previous and its next object, name and definition. */
interface FieldPair {
  readonly former: { readonly object: string; readonly name: string; readonly field: Field };
  readonly object: string;
  readonly name: string;
  readonly field: Field;
}

/** The previous foreign key of a field, by new names, and the next one. */
function foreignKeysOf({ former, object, name, field }: FieldPair, known: KnownObjects) {
  const before = foreignKeyOf(former.object, former.name, former.field, known.before);
  const after = foreignKeyOf(object, name, field, known.after);
  return [
    before && { ...before, table: renamed(known.renames, before.table), columns: [name] },
    after,
  ] as const;
}

function hasOtherKey(pair: FieldPair, known: KnownObjects): boolean {
  const [before, after] = foreignKeysOf(pair, known);
  return !isSameJson(before, after);
}

/** A foreign key counts as lost only if its target remains, because removing the target requires approval itself. */
function keyChange(pair: FieldPair, known: KnownObjects): KeyChange {
  const [before, after] = foreignKeysOf(pair, known);
  const isLost = before !== null && after === null && !isPlaceholderName(before.table);
  return { isLost, exists: after !== null };
}

/** The most severe change of the column of a remaining field. A new name alone is not a change. */
function physicalChange(pair: FieldPair, known: KnownObjects): PhysicalChange | null {
  const [before, after] = [pair.former.field, pair.field];
  const [from, to] = [storageOf(before), storageOf(after)];
  if (from.column === null || to.column === null) {
    if (from.column === to.column) return null;
    return from.column === null ? 'add_column' : 'remove_column';
  }
  const conversion = conversionOf(before, after);
  const isRetyped = from.column !== to.column || from.encoding !== to.encoding || conversion !== null;
  const [wasStrict, isStrict] = [before, after].map(({ storage }) => storage?.notNull === true);
  if (isRetyped && conversion?.fits) return 'retype_field';
  if (isStrict && !wasStrict) return 'change_not_null';
  if (hasOtherKey(pair, known)) return 'change_reference';
  if (isRetyped) return 'retype_field';
  return wasStrict && !isStrict ? 'change_not_null' : null;
}

const fieldsOf = ({ fields }: ObjectDefinition) => new Map(Object.entries(fields));

interface DesiredField extends Omit<FieldPair, 'former'> {
  /** Null if the field is new. */
  readonly former: FieldPair['former'] | null;
  /** Whether its values may be stored under a name that its hint does not contain. */
  readonly isUnproven: boolean;
}

function changeOf(pair: DesiredField, known: KnownObjects): FieldChange[] {
  const { object, name, field: after, former, isUnproven } = pair;
  const riskOf = (code: ChangeCode, weakens: readonly WeakeningCode[]) => {
    if (isUnproven && code !== 'DS102') return 'unproven_rename';
    return weakens.length > 0 ? 'weakens_integrity' : riskOfCode(code);
  };
  const change = (
    verb: string,
    kind: FieldChange['change'],
    code: ChangeCode,
    weakens: WeakeningCode[] = [],
  ): FieldChange[] => [
    {
      id: `${verb}_field:${object}.${name}`,
      change: kind,
      risk: riskOf(code, weakens),
      code,
      ...(weakens.length > 0 && { weakens }),
      object,
      field: name,
      ...(kind === 'renamed' && former && { former: former.name }),
      ...(former && { before: former.field }),
      after,
    },
  ];
  if (!former) return change('add', 'added', codeWithMissedRename(addedFieldCode(after), isUnproven));
  const physical = physicalChange({ ...pair, former }, known);
  const weakens = weakeningCodes(former.field, after, keyChange({ ...pair, former }, known));
  const changed = fieldChangeCode(former.field, after, physical);
  const code = codeWithMissedRename(codeWithWeakening(changed, weakens), isUnproven);
  const isOther = physical || weakens.length > 0 || requiredRule(former.field, after).length > 0;
  if (former.name !== name) return change('rename', 'renamed', isOther ? code : 'BC302', weakens);
  return physical || !isSameJson(former.field, after) ? change('change', 'modified', code, weakens) : [];
}

/** Changes of the fields of an existing object, sorted by name. */
export function diffFields(
  before: ObjectDefinition,
  after: ObjectDefinition,
  known: KnownObjects,
): FieldChange[] {
  const object = after.name;
  const [had, wants] = [fieldsOf(before), fieldsOf(after)];
  const predecessors = matchRenames(had, wants, known.predecessors);
  const unproven = known.predecessors ? new Set<string>() : unprovenRenames(had, wants, predecessors);
  const changes = [...wants].flatMap(([name, field]) => {
    const was = predecessors.get(name) ?? '';
    const formerField = had.get(was);
    const former = formerField ? { object: before.name, name: was, field: formerField } : null;
    return changeOf({ object, name, field, former, isUnproven: unproven.has(name) }, known);
  });
  const kept = new Set(predecessors.values());
  for (const [name, field] of had) {
    if (kept.has(name)) continue;
    const id = `remove_field:${object}.${name}`;
    const code = storageOf(field).column === null ? 'SF005' : 'DS102';
    const facts = { change: 'removed', risk: riskOfCode(code), code } as const;
    changes.push({ id, ...facts, object, field: name, before: field });
  }
  return changes.sort((a, b) => (`${a.field} ${a.id}` < `${b.field} ${b.id}` ? -1 : 1));
}
