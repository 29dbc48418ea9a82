import { type Field, isList, isReference, referenceTarget } from '@objectstack/spec/data';
import { type DeleteRule, deleteRuleOf } from '@objectstack/spec/drivers';
import type { ReferentialAction, TableForeignKey } from '@objectstack/spec/system';
import type { ObjectIdTypes } from './id-types-of.js';

const ACTIONS = {
  cascade: 'CASCADE',
  restrict: 'RESTRICT',
  set_null: 'SET NULL',
} as const satisfies Record<DeleteRule, ReferentialAction>;

/**
 * The foreign key of a field. Only a single-valued reference to an object in the same database has one. A required
 * field cannot be set to null, so `set_null` becomes RESTRICT there.
 */
export function foreignKeyOf(
  owner: string,
  name: string,
  field: Field,
  known: Pick<ObjectIdTypes, 'has'>,
): TableForeignKey | null {
  if (!isReference(field) || isList(field)) return null;
  const target = referenceTarget(field, owner);
  if (!target || !known.has(target)) return null;
  return {
    columns: [name],
    table: target,
    references: ['id'],
    onDelete: ACTIONS[deleteRuleOf(field)],
    onUpdate: 'NO ACTION',
  };
}
