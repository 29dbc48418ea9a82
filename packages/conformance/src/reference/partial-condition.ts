import type { DataRecord } from '@objectstack/spec/contracts';
import type { JsonValue } from '@objectstack/spec/shared';
import { notSupportedInMemory } from './memory-error.js';

const COMPARISON = /^"?(\w+)"?\s*(=|<>|!=)\s*(?:'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?))$/;
const MISSING = /^"?(\w+)"?\s+is\s+(not\s+)?null$/i;

type Condition = (record: DataRecord) => boolean;

function comparison(part: string): Condition {
  const missing = MISSING.exec(part);
  if (missing) return (record) => ((record[missing[1] ?? ''] ?? null) === null) === !missing[2];
  const [, name = '', operator, text, number] = COMPARISON.exec(part) ?? [];
  if (!operator) throw notSupportedInMemory('this condition of a partial index');
  const wanted: JsonValue = text === undefined ? Number(number) : text.replaceAll("''", "'");
  return (record) => {
    const value = record[name] ?? null;
    return value !== null && (value === wanted) === (operator === '=');
  };
}

/** The condition of a partial index: comparisons of fields with literals, joined by `and`. Others are `not_supported`. */
export function partialCondition(condition: string): Condition {
  const parts = condition.split(/\band\b/i).map((part) => comparison(part.trim()));
  return (record) => parts.every((holds) => holds(record));
}
