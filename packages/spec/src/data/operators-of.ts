import type { ValueModel } from './field-value.js';
import { FILTER_OPERATORS, type FieldOperators } from './filter.zod.js';

type Operator = keyof FieldOperators;

const PRESENCE: ReadonlySet<Operator> = new Set(['$null', '$exists']);
const EQUALITY: ReadonlySet<Operator> = new Set(['$eq', '$ne', '$in', '$nin', ...PRESENCE]);
const ORDER: ReadonlySet<Operator> = new Set(['$gt', '$gte', '$lt', '$lte', '$between', ...EQUALITY]);
const MEMBERSHIP: ReadonlySet<Operator> = new Set(['$contains', '$notContains', ...PRESENCE]);
const EVERY: ReadonlySet<Operator> = new Set(FILTER_OPERATORS);
const NONE: ReadonlySet<Operator> = new Set();

/**
 * Returns the operators that conditions on a field may contain; all others are rejected with `invalid_filter`. The
 * operators `$eq` and `$ne` with the operand `null`, which test whether there is a value, are permitted for every
 * stored field.
 */
export function operatorsOf({
  storage,
  isList,
  itemEncoding,
}: Pick<ValueModel, 'storage' | 'isList' | 'itemEncoding'>): ReadonlySet<Operator> {
  if (storage.column === null) return NONE;
  if (isList) return itemEncoding === 'json' ? PRESENCE : MEMBERSHIP;
  if (storage.encoding === 'text' || storage.encoding === 'integer_id') return EVERY;
  return { ordered: ORDER, equal: EQUALITY, presence: PRESENCE }[storage.comparand];
}
