import type { ObjectDefinition } from '@objectstack/spec/data';
import type { MigrationPlan } from '@objectstack/spec/system';
import { definitionText } from '../schema/definition-text.js';
import { hashOf } from '../schema/hash.js';
import { sha256 } from '../schema/sha256.js';

/** A definition counts by its hash: its text is known once for all plans that it stands in. */
const hashOfDefinition = (definition: ObjectDefinition) => sha256(definitionText(definition));

/** SHA-256 over everything in a plan but the hash itself and what was counted in one tenant. */
export function planHashOf(
  plan: Omit<MigrationPlan, 'planHash' | 'findings'> & Partial<MigrationPlan>,
): string {
  const { planHash: _hash, findings: _findings, diff, ...content } = plan;
  const objects = diff.objects.map(({ before, after, ...change }) => ({
    ...change,
    ...(before && { before: hashOfDefinition(before) }),
    ...(after && { after: hashOfDefinition(after) }),
  }));
  return hashOf({ ...content, diff: { ...diff, objects } });
}
