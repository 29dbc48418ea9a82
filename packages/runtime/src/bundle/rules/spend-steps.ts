import { type JsonPath, LIMITS } from '@objectstack/spec/shared';
import type { RuleContext } from '../rule-context.js';

/** Whether an expression of the bundle may be evaluated; otherwise, reports where the limit is exceeded. */
export function spendSteps({ expressions, issues }: RuleContext, source: string, path: JsonPath): boolean {
  const couldSpend = expressions.canSpend;
  if (expressions.spend(source)) return true;
  if (couldSpend) {
    const message = `Up to here, evaluating the expressions of the bundle may take more than ${LIMITS.maxExpressionSteps} steps. Use fewer or simpler expressions, or split the bundle.`;
    issues.error(path, { code: 'limit_exceeded', message });
  }
  return false;
}
