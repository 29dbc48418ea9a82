import { MaskingRuleSchema } from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import { maskingProblems } from '../../masking/record-masks.js';
import type { RuleContext } from '../rule-context.js';

/** Masking rules that cannot be applied. They prevent clones with masked values, but no deployment. */
export function* checkMaskingRules({ issues, objects }: RuleContext): Steps<void> {
  for (const { definition, path } of objects) {
    for (const { field, problem } of maskingProblems(definition)) {
      // Another shape has a warning of its own.
      if (!MaskingRuleSchema.safeParse(definition.fields[field]?.maskingRule).success) continue;
      const message = `The rule ${problem}. Until it is corrected, the tenant cannot be cloned with masked values.`;
      issues.warning([...path, 'fields', field, 'maskingRule'], { code: 'invalid_value', message });
    }
    yield;
  }
}
