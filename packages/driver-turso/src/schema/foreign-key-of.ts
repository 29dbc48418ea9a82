import { type Field, isList, isReference, referenceTarget } from '@objectstack/spec/data';
import type { ReferentialAction, TableForeignKey } from '@objectstack/spec/system';

function actionOf(field: Field): ReferentialAction {
  if (field.deleteBehavior === 'cascade') return 'CASCADE';
  if (field.deleteBehavior === 'restrict' || field.required) return 'RESTRICT';
  return 'SET NULL';
}

/**
 * The foreign key of a field: a single-valued reference to an object that exists in the same database has one.
 * Emptying a required field is impossible, so there set_null restricts instead.
 */
export function foreignKeyOf(
  owner: string,
  name: string,
  field: Field,
  knownObjects: ReadonlySet<string>,
): TableForeignKey | null {
  if (!isReference(field) || isList(field)) return null;
  const target = referenceTarget(field, owner);
  if (!target || !knownObjects.has(target)) return null;
  return {
    columns: [name],
    table: target,
    references: ['id'],
    onDelete: actionOf(field),
    onUpdate: 'NO ACTION',
  };
}
