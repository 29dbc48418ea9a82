import type { MigrationPlan } from '@objectstack/spec/system';
import { hashOf } from '../schema/hash.js';

/** SHA-256 over everything in a plan but the hash itself and what was counted in one tenant. */
export function planHashOf(
  plan: Omit<MigrationPlan, 'planHash' | 'findings'> & Partial<MigrationPlan>,
): string {
  const { planHash: _hash, findings: _findings, ...content } = plan;
  return hashOf(content);
}
