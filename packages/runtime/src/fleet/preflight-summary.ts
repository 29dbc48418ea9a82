import {
  changesOf,
  hasNoChanges,
  type MigrationPlan,
  planApprovals,
  planFindings,
  type RolloutApproval,
  type RolloutGroup,
  type RolloutRefusal,
} from '@objectstack/spec/system';
import { compareText } from '../shared/compare-text.js';
import type { PreflightResult } from './preflight-tenant.js';

const MOST_SAMPLES = 10;

/** Sums up what the preflight found, tenant by tenant, in memory that depends on the distinct plans and reasons only. */
export class PreflightSummary {
  tenants = 0;
  refusedTenants = 0;
  upToDateTenants = 0;
  readonly #groups = new Map<string, RolloutGroup>();
  readonly #approvals = new Map<string, RolloutApproval>();
  readonly #refusals = new Map<string, RolloutRefusal>();

  add({ record, plan, isUpToDate }: PreflightResult): void {
    this.tenants++;
    if (isUpToDate) this.upToDateTenants++;
    if (plan) this.#addToGroup(plan);
    if (record.problem) this.#addRefusal(record.tenantId, record.problem);
    else if (plan) this.#addApprovals(plan);
  }

  /** The most frequent first. */
  get groups(): RolloutGroup[] {
    return [...this.#groups.values()].sort(
      (one, other) => other.tenants - one.tenants || compareText(one.planHash, other.planHash),
    );
  }

  get approvals(): RolloutApproval[] {
    return [...this.#approvals.values()].sort((one, other) => compareText(one.id, other.id));
  }

  /** The most frequent first. */
  get refusals(): RolloutRefusal[] {
    return [...this.#refusals.entries()]
      .sort(([key, one], [otherKey, other]) => other.tenants - one.tenants || compareText(key, otherKey))
      .map(([, refusal]) => refusal);
  }

  #addToGroup(plan: MigrationPlan): void {
    const { baseSchemaHash, targetSchemaHash, planHash, statements } = plan;
    const key = `${baseSchemaHash} ${targetSchemaHash}`;
    const known = this.#groups.get(key);
    if (known) known.tenants++;
    else
      this.#groups.set(key, {
        baseSchemaHash,
        planHash,
        tenants: 1,
        statements: statements.length,
        hasChanges: !hasNoChanges(plan),
      });
  }

  #addApprovals(plan: MigrationPlan): void {
    const changes = new Map(changesOf(plan.diff).map((change) => [change.id, change]));
    const findings = planFindings(plan);
    for (const [id] of planApprovals(plan)) {
      const { risk, code } = changes.get(id) ?? {};
      const rows = findings
        .filter(({ check, checkId }) => (check?.changeId ?? checkId) === id)
        .reduce((sum, finding) => sum + finding.rows, 0);
      const known = this.#approvals.get(id) ?? {
        id,
        ...(risk && { risk }),
        ...(code && { code }),
        tenants: 0,
        affectedTenants: 0,
        rows: 0,
      };
      known.tenants++;
      known.rows += rows;
      if (rows > 0) known.affectedTenants++;
      this.#approvals.set(id, known);
    }
  }

  #addRefusal(tenantId: string, problem: NonNullable<PreflightResult['record']['problem']>): void {
    const { samples: recordIds = [], rows = 0, ...reason } = problem;
    const key = JSON.stringify(reason);
    const known = this.#refusals.get(key) ?? { ...reason, tenants: 0, rows: 0, samples: [] };
    this.refusedTenants++;
    known.tenants++;
    known.rows += rows;
    if (known.samples.length < MOST_SAMPLES) known.samples.push({ tenantId, rows, recordIds });
    this.#refusals.set(key, known);
  }
}
