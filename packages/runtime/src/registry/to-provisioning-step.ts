import { type ProvisioningStep, ProvisioningStepSchema } from '@objectstack/spec/system';
import { parseRow, withoutNulls } from './parse-row.js';
import type { StepRow } from './registry-tables.js';

/** Two processes may write one attempt, and their clocks may differ: an attempt never ends before it started. */
function endOf(row: StepRow): string | null {
  if (row.completed_at === null || row.started_at === null) return row.completed_at;
  return [row.started_at, row.completed_at].sort()[1] ?? null;
}

export function toProvisioningStep(row: StepRow): ProvisioningStep {
  const completedAt = endOf(row);
  const step = {
    name: row.name,
    status: row.status,
    attempt: Number(row.attempt),
    startedAt: row.started_at,
    completedAt,
    durationMs: completedAt && row.started_at && Date.parse(completedAt) - Date.parse(row.started_at),
    errorCode: row.error_code,
    retryable: row.retryable === null ? null : Boolean(row.retryable),
    externalRef: row.external_ref,
  };
  return parseRow(ProvisioningStepSchema, 'step', withoutNulls(step));
}

export function toStepRow(tenantId: string, step: ProvisioningStep): StepRow {
  return {
    tenant_id: tenantId,
    name: step.name,
    status: step.status,
    attempt: step.attempt,
    started_at: step.startedAt ?? null,
    completed_at: step.completedAt ?? null,
    error_code: step.errorCode ?? null,
    retryable: step.retryable === undefined ? null : step.retryable ? 1 : 0,
    external_ref: step.externalRef ?? null,
  };
}
