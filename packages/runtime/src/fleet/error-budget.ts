import { type ErrorCode, ObjectStackError } from '@objectstack/spec/shared';
import type { ErrorBudget, RolloutPlan, RolloutStrategy } from '@objectstack/spec/system';

type Budgets = Pick<RolloutStrategy, 'errorBudget' | 'errorBudgets'>;
type Failures = Readonly<Partial<Record<ErrorCode, number>>>;

/** Number of tenants that a budget permits to fail. */
function permitted(budget: ErrorBudget, tenants: number): number {
  return 'tenants' in budget ? budget.tenants : Math.floor((budget.percent / 100) * tenants);
}

const totalOf = (failures: Failures) => Object.values(failures).reduce((sum, count) => sum + (count ?? 0), 0);

/** Whether more tenants were refused or failed than permitted, in total or with one code. */
export function isExceeded(
  { errorBudget, errorBudgets }: Budgets,
  failures: Failures,
  tenants: number,
): boolean {
  if (totalOf(failures) > permitted(errorBudget, tenants)) return true;
  return Object.entries(errorBudgets).some(
    ([code, budget]) =>
      budget !== undefined && (failures[code as ErrorCode] ?? 0) > permitted(budget, tenants),
  );
}

/** Refused tenants of a plan by error code. */
function refusedOf({ refusals }: RolloutPlan): Failures {
  const failures: Partial<Record<ErrorCode, number>> = {};
  for (const { code, tenants } of refusals) failures[code] = (failures[code] ?? 0) + tenants;
  return failures;
}

/** Throws `invalid_request` if the known refusals exceed the budget: the rollout would stop at once. */
export function assertBudget(strategy: Budgets, plan: RolloutPlan): void {
  if (!isExceeded(strategy, refusedOf(plan), plan.tenants)) return;
  const message = `must permit the ${plan.refusedTenants} refused tenants of the plan`;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `The error budget is smaller than the number of refused tenants, ${plan.refusedTenants}. Correct their data and plan again, exclude them, or increase the budget.`,
    details: { issues: [{ path: '/errorBudget', code: 'budget_exceeded', message }] },
  });
}
