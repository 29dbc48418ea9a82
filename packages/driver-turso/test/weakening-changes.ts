import type { MigrationPlan } from '@objectstack/spec/system';

/** Ids of the changes of a plan that weaken integrity. */
export const weakeningChanges = ({ diff }: MigrationPlan): string[] =>
  [...diff.fields, ...diff.indexes].flatMap(({ id, risk }) => (risk === 'weakens_integrity' ? [id] : []));
