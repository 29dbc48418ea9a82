import type { SQLiteAlterTableLimitations } from '@objectstack/spec/data';
import { type NotSupportedFeature, notSupported, ObjectStackError } from '@objectstack/spec/shared';
import type { DeployDiff, FieldChange } from '@objectstack/spec/system';
import { foreignKeyOf } from '../schema/foreign-key.js';
import { type KnownObjects, physicalChange } from './diff-fields.js';

type Refusal = { feature: NotSupportedFeature; subject: string };

function refusalOfAddition(
  { id: subject, object, field, after }: FieldChange,
  known: KnownObjects,
  { addColumn }: SQLiteAlterTableLimitations,
): Refusal[] {
  if (!after) return [];
  if (after.storage?.notNull && !addColumn.notNullWithoutDefault)
    return [{ feature: 'change_not_null', subject }];
  const hasKey = foreignKeyOf(object, field, after, known.after) !== null;
  return hasKey && !addColumn.references ? [{ feature: 'change_reference', subject }] : [];
}

function refusalOfField(
  change: FieldChange,
  known: KnownObjects,
  alterTable: SQLiteAlterTableLimitations,
): Refusal[] {
  const { id: subject, object, field, before, after } = change;
  if (change.change === 'removed') return [{ feature: 'remove_field', subject }];
  if (change.change === 'renamed') return [{ feature: 'rename_field', subject }];
  if (change.change === 'added') return refusalOfAddition(change, known, alterTable);
  const feature = before && after ? physicalChange(object, field, { before, after }, known) : null;
  return feature ? [{ feature, subject }] : [];
}

function refusalsOf(diff: DeployDiff, alterTable: SQLiteAlterTableLimitations): Refusal[] {
  const after = new Set(diff.knownObjects);
  const before = new Set(after);
  for (const { object, before: was } of diff.objects) {
    before.delete(object);
    if (was) before.add(was.name);
  }
  return [
    ...diff.objects.flatMap(({ change, id: subject }): Refusal[] => {
      if (change === 'removed') return [{ feature: 'remove_object', subject }];
      return change === 'renamed' ? [{ feature: 'rename_object', subject }] : [];
    }),
    ...diff.fields.flatMap((change) => refusalOfField(change, { before, after }, alterTable)),
    ...diff.indexes.flatMap(({ change, id: subject }): Refusal[] =>
      change === 'removed' ? [{ feature: 'remove_index', subject }] : [],
    ),
    ...diff.objects.flatMap(({ after: definition, object }): Refusal[] =>
      definition?.indexes?.some(({ partial }) => partial)
        ? [{ feature: 'partial_index', subject: object }]
        : [],
    ),
  ];
}

/** Throws `not_supported` for what the engine cannot do yet; `details.changes` names every such change. */
export function refuseUnsupported(diff: DeployDiff, alterTable: SQLiteAlterTableLimitations): void {
  const refusals = refusalsOf(diff, alterTable);
  const first = refusals[0];
  if (!first) return;
  const error = notSupported(first.feature, first.subject);
  throw new ObjectStackError({
    code: error.code,
    message: error.message,
    details: { ...error.details, changes: refusals.map(({ subject }) => subject) },
  });
}
