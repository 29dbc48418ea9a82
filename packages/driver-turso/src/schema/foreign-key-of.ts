import { type Field, isList, isReference, referenceTarget } from '@objectstack/spec/data';
import type { ReferentialAction, TableForeignKey } from '@objectstack/spec/system';

function actionOf(field: Field): ReferentialAction {
  if (field.deleteBehavior === 'cascade') return 'CASCADE';
  if (field.deleteBehavior === 'restrict' || field.required) return 'RESTRICT';
  return 'SET NULL';
}

/**
 * The foreign key of a field. Only a single-valued reference to an object in the same database has one. A required
 * field cannot be set to null, so `set_null` becomes RESTRICT there.
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
