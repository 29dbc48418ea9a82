import { closestName } from '../shared/closest-name.js';
import { ObjectStackError } from '../shared/object-stack-error.js';
import type { ChangeCode } from './change-code.zod.js';
import type { ChangeRisk, DeployDiff, FieldChange } from './deploy-diff.zod.js';

/** Can be approved in addition to changes: a transaction that exceeds the lock budget of the server. */
export const EXCEEDS_LOCK_BUDGET = 'exceeds_lock_budget';

/** All changes of a diff that have an id. */
export const changesOf = ({ objects, fields, indexes, components }: DeployDiff) => [
  ...objects,
  ...fields,
  ...indexes,
  ...components,
];

const idsWithRisk = (diff: DeployDiff, risks: readonly ChangeRisk[]): string[] =>
  changesOf(diff).flatMap(({ id, risk }) => (risks.includes(risk) ? [id] : []));

/**
 * Risks that require approval, each with the error message for its changes. A rollback restores earlier rules and knows
 * all previous names, so only data loss requires approval.
 */
const REASONS = [
  ['loses_data', (ids) => `These changes remove data; approve each by its id in allow: ${ids}.`],
  ['weakens_integrity', (ids) => `These changes weaken integrity; approve each by its id in allow: ${ids}.`],
  [
    'unproven_rename',
    (ids) =>
      `These changes may miss a rename; deploy the version in between first, list all previous names in renamedFrom, or approve each by its id in allow to start without the earlier data: ${ids}.`,
  ],
] as const satisfies readonly (readonly [ChangeRisk, (ids: string) => string])[];

/**
 * Ids of the changes of a diff that require approval: those that remove data and, unless the diff is a rollback, those
 * that weaken integrity or may miss a rename.
 */
export function destructiveChanges(diff: DeployDiff): string[] {
  return idsWithRisk(diff, diff.restores ? ['loses_data'] : REASONS.map(([risk]) => risk));
}

const GIVES_UP: ReadonlyMap<ChangeCode, string> = new Map([
  ['DS103', 'discards values that do not fit'],
  ['DD201', 'leaves records without a required value'],
]);

/** What else is approved together with changes that weaken integrity or may miss a rename. */
function alsoApproved({ fields }: DeployDiff, refused: readonly string[]): string[] {
  const asked = fields.filter(({ id }) => refused.includes(id));
  const also = (changes: readonly FieldChange[], what: string) =>
    changes.length > 0 ? [`Approving ${changes.map(({ id }) => id).join(', ')} also ${what}.`] : [];
  const weakened = asked.filter(({ risk, weakens }) => weakens && risk !== 'weakens_integrity');
  return [
    ...also(weakened, 'weakens integrity'),
    ...[...GIVES_UP].flatMap(([code, what]) =>
      also(
        asked.filter((change) => change.code === code),
        what,
      ),
    ),
  ];
}

/** Lists the rejected changes by the reason for which each requires approval. */
function refusalMessage(diff: DeployDiff, refused: readonly string[]): string {
  const sentences = REASONS.flatMap(([risk, say]) => {
    const ids = idsWithRisk(diff, [risk]).filter((id) => refused.includes(id));
    return ids.length > 0 ? [say(ids.join(', '))] : [];
  });
  return [...sentences, ...alsoApproved(diff, refused)].join(' ');
}

function unknownChange(unknown: readonly string[], destructive: readonly string[]): ObjectStackError {
  const [id = ''] = unknown;
  const meant = closestName(id, destructive);
  const listed = destructive.length > 0 ? ` Changes to approve: ${destructive.join(', ')}.` : '';
  return new ObjectStackError({
    code: 'invalid_request',
    message: `Cannot approve ${id}: there is no such change.${meant === undefined ? listed : ` Did you mean \`${meant}\`?`}`,
    details: { allow: [...unknown] },
  });
}

/**
 * Throws `destructive_not_allowed` if a change that requires approval is not approved by its id, and `invalid_request`
 * if an approved id is not in the diff; `details` lists the ids.
 */
export function assertAllowed(diff: DeployDiff, allow: readonly string[] = []): void {
  const known = new Set(changesOf(diff).map(({ id }) => id));
  const unknown = allow.filter((id) => id !== EXCEEDS_LOCK_BUDGET && !known.has(id));
  if (unknown.length > 0) {
    throw unknownChange(unknown, destructiveChanges(diff));
  }
  const refused = destructiveChanges(diff).filter((id) => !allow.includes(id));
  if (refused.length === 0) return;
  throw new ObjectStackError({
    code: 'destructive_not_allowed',
    message: refusalMessage(diff, refused),
    details: { changes: refused },
  });
}
