import type { ChangeRisk, DeployDiff } from '@objectstack/spec/system';

/** All changes of a diff. */
export const changesOf = ({ objects, fields, indexes, components }: DeployDiff) => [
  ...objects,
  ...fields,
  ...indexes,
  ...components,
];

const NEED_APPROVAL: ReadonlySet<ChangeRisk> = new Set([
  'loses_data',
  'weakens_integrity',
  'unproven_rename',
]);

/** Ids of the changes that require approval. */
export const lossesOf = (diff: DeployDiff): string[] =>
  changesOf(diff).flatMap(({ id, risk }) => (NEED_APPROVAL.has(risk) ? [id] : []));

/** An index is identified by its columns, because the service chooses its name. */
function describeIndex({ indexes }: DeployDiff, id: string): string {
  const change = indexes.find((index) => index.id === id);
  const columns = (change?.after ?? change?.before)?.columns.map(({ name }) => name).join('+');
  return change ? id.slice(0, id.length - change.index.length) + columns : id;
}

/** Each change as id, kind, risk and code, sorted. */
export function describeChanges(diff: DeployDiff): string[] {
  return changesOf(diff)
    .map(({ id, change, risk, code }) => `${describeIndex(diff, id)} ${change} ${risk} ${code}`)
    .sort();
}

/** Ids of the changes after which a field newly requires a value: records without one must be approved. */
export const requirementsOf = ({ fields }: DeployDiff): string[] =>
  fields.flatMap(({ id, before, after }) => (after?.required && !before?.required ? [id] : []));
