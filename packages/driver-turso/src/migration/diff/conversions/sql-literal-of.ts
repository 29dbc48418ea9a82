import { encodeField, type Field, fieldValueModel } from '@objectstack/spec/data';
import { textLiteral } from '../../../schema/text-literal.js';

/** SQL of a value as the field stores it; NULL if there is none, or the field cannot store it. */
export function sqlLiteralOf(field: Field, value: unknown): string {
  const encoded = encodeField(fieldValueModel(field), value);
  if ('rule' in encoded) return 'NULL';
  const { value: stored } = encoded;
  return typeof stored === 'string' ? textLiteral(stored) : String(stored ?? 'NULL');
}
