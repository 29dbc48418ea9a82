import type { RecordViolation } from '@objectstack/spec/contracts';
import { expectedValue, ruleExpectation } from '@objectstack/spec/data';
import { suggestName } from '@objectstack/spec/shared';
import type { ObjectModel } from './object-model.js';

/** Maximum number of fields in a message; the details of the error contain all violations. */
const MAX_NAMED = 20;

/** Longest name of a message. Names of fields have at most 63 characters. */
const MAX_CHARACTERS = 100;

/** The violation with what its rule expects, and the field that was probably intended. Never contains the value. */
function explained({ fields }: ObjectModel, { field: name, rule }: RecordViolation): RecordViolation {
  const model = fields.get(name);
  const field = model?.field ?? { type: 'text' };
  const suggestion = rule === 'unknown_field' ? suggestName(name, [...fields.keys()]) : undefined;
  const isId = model?.itemEncoding === 'integer_id' && (rule === 'type' || rule === 'format');
  const expected = isId ? `must be ${expectedValue(model)}` : ruleExpectation(rule, field);
  return { field: name, rule, expected, ...(suggestion !== undefined && { suggestion }) };
}

function sentenceOf({ field, expected, suggestion }: RecordViolation): string {
  const hint = suggestion === undefined ? '' : `, did you mean \`${suggestion}\`?`;
  return `${field.slice(0, MAX_CHARACTERS)} ${expected}${hint}`;
}

/** The violations with what their rules expect, and the fields that were probably intended. */
export function explainViolations(
  model: ObjectModel,
  violations: readonly RecordViolation[],
): RecordViolation[] {
  return violations.map((violation) => explained(model, violation));
}

/** Explained violations as a list of sentences. */
export function violationsText(violations: readonly RecordViolation[]): string {
  const different = [...new Set(violations.map(sentenceOf))];
  const others = different.length - MAX_NAMED;
  return `${different.slice(0, MAX_NAMED).join('; ')}${others > 0 ? `; and ${others} more` : ''}`;
}
