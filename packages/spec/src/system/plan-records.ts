import { changesOf, destructiveChanges } from './assert-allowed.js';
import type { ChangeRisk } from './deploy-diff.zod.js';
import type { MigrationPlan, PreflightCheck, PreflightFinding } from './migration-plan.zod.js';

/** Finding of a preflight check, with the check unless the finding is about seed data. */
export interface PlanFinding extends PreflightFinding {
  readonly check: PreflightCheck | undefined;
}

/** Prefix of findings that a deployment rejects unless `allow` contains their id. */
const REPLACE_RECORDS = 'replace_records:';

const APPROVED_EFFECTS = {
  loses_data: 'Removes data.',
  weakens_integrity: 'Weakens integrity.',
  unproven_rename: 'May miss a rename, and then starts without the earlier data.',
} as const satisfies Partial<Record<ChangeRisk, string>>;

/** The findings of a plan, each with its check. */
export function planFindings({ findings = [], preflight }: MigrationPlan): PlanFinding[] {
  const checks = new Map(preflight.map((check) => [check.id, check]));
  return findings.map((finding) => ({ ...finding, check: checks.get(finding.checkId) }));
}

/** Id by which the finding must be approved, if it can be. */
function approvalOf({ check, checkId }: PlanFinding): string | undefined {
  if (check) return check.stops === 'unless_allowed' ? check.changeId : undefined;
  return checkId.startsWith(REPLACE_RECORDS) ? checkId : undefined;
}

/** Number of records, their sample ids and the explanation of the check. */
export function findingText({ rows, samples = [], explanation, check }: PlanFinding): string {
  const ids = rows > samples.length && samples.length > 0 ? [...samples, '…'] : samples;
  const shown = ids.length > 0 ? ` (${ids.join(', ')})` : '';
  return `${rows} record${rows === 1 ? '' : 's'}${shown}: ${explanation ?? check?.explanation ?? ''}`;
}

/** Sorts the counted records of a plan by whether they prevent it, require approval, or are only affected. */
export function planRecords(plan: MigrationPlan) {
  const counted = planFindings(plan).filter(({ rows }) => rows > 0);
  return {
    blocking: counted.filter(({ check }) => check?.stops === 'always'),
    approvable: counted.filter((finding) => approvalOf(finding) !== undefined),
    affected: counted.filter(
      (finding) => finding.check?.stops !== 'always' && approvalOf(finding) === undefined,
    ),
  };
}

/**
 * The ids that `allow` must contain for the plan to run, each with the effects that are approved. Records are considered
 * only if the plan has findings.
 */
export function planApprovals(plan: MigrationPlan): [id: string, effects: string][] {
  const destructive = new Set(destructiveChanges(plan.diff));
  const effects = new Map<string, string[]>();
  for (const { id, risk, ...change } of changesOf(plan.diff)) {
    if (!destructive.has(id)) continue;
    const effect = risk in APPROVED_EFFECTS && APPROVED_EFFECTS[risk as keyof typeof APPROVED_EFFECTS];
    const weakens = 'weakens' in change && change.weakens && risk !== 'weakens_integrity';
    effects.set(id, [...(effect ? [effect] : []), ...(weakens ? [APPROVED_EFFECTS.weakens_integrity] : [])]);
  }
  for (const finding of planRecords(plan).approvable) {
    const id = approvalOf(finding) ?? '';
    effects.set(id, [...(effects.get(id) ?? []), findingText(finding)]);
  }
  return [...effects].map(([id, texts]) => [id, texts.join(' ')]);
}
