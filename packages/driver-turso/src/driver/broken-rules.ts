import type { RecordViolation } from '@objectstack/spec/contracts';
import { expectedValue } from '@objectstack/spec/data';
import type { ObjectModel } from './object-model.js';

/** Maximum number of fields in a message; the details of the error contain all violations. */
const MAX_NAMED = 20;

/** Names the fields that violate rules and, for a wrong type, the expected value. Never contains the rejected value. */
export function brokenRules({ fields }: ObjectModel, violations: readonly RecordViolation[]): string {
  const texts = violations.map(({ field: name, rule }) => {
    const field = rule === 'type' ? fields.get(name) : undefined;
    return field ? `${name} must be ${expectedValue(field)}` : name;
  });
  const different = [...new Set(texts)];
  const others = different.length - MAX_NAMED;
  return `${different.slice(0, MAX_NAMED).join('; ')}${others > 0 ? `; and ${others} more` : ''}`;
}
