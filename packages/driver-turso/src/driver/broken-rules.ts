import type { RecordViolation } from '@objectstack/spec/contracts';
import { expectedValue } from '@objectstack/spec/data';
import type { ObjectModel } from './object-model.js';

/** Most fields that a message describes; the details of the error hold all violations. */
const MAX_NAMED = 20;

/** Names the fields that break rules, with what a value of the wrong type must be instead. Says nothing of the value. */
export function brokenRules({ fields }: ObjectModel, violations: readonly RecordViolation[]): string {
  const texts = violations.map(({ field: name, rule }) => {
    const field = rule === 'type' ? fields.get(name) : undefined;
    return field ? `${name} must be ${expectedValue(field)}` : name;
  });
  const different = [...new Set(texts)];
  const others = different.length - MAX_NAMED;
  return `${different.slice(0, MAX_NAMED).join('; ')}${others > 0 ? `; and ${others} more` : ''}`;
}
