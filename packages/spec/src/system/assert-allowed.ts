import { ObjectStackError } from '../shared/object-stack-error.js';
import type { ChangeCode } from './change-code.zod.js';
import type { ChangeRisk, DeployDiff, FieldChange } from './deploy-diff.zod.js';

/** May be allowed besides changes: a transaction that is longer than the server likes. */
export const EXCEEDS_LOCK_BUDGET = 'exceeds_lock_budget';

const changesOf = ({ objects, fields, indexes, components }: DeployDiff) => [
  ...objects,
  ...fields,
  ...indexes,
  ...components,
];

const idsWithRisk = (diff: DeployDiff, risks: readonly ChangeRisk[]): string[] =>
  changesOf(diff).flatMap(({ id, risk }) => (risks.includes(risk) ? [id] : []));

/**
 * Risks that need approval, each with how a refusal names its changes. A rollback restores earlier rules and knows what every
 * thing was called, so only its losses need approval.
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
 * Ids of the changes of a diff that need approval: those that remove data, and, unless a deployment is rolled back, those that
 * weaken integrity and those that may miss a rename.
 */
export function destructiveChanges(diff: DeployDiff): string[] {
  return idsWithRisk(diff, diff.restores ? ['loses_data'] : REASONS.map(([risk]) => risk));
}

const GIVES_UP: ReadonlyMap<ChangeCode, string> = new Map([
  ['DS103', 'gives up values that do not fit'],
  ['DD201', 'leaves records without a value'],
]);

/** What else is approved with changes that weaken integrity or may miss a rename. */
function alsoApproved({ fields }: DeployDiff, refused: readonly string[]): string[] {
  const asked = fields.filter(({ id }) => refused.includes(id));
  const also = (changes: readonly FieldChange[], what: string) =>
    changes.length > 0 ? [`Allowing ${changes.map(({ id }) => id).join(', ')} also ${what}.`] : [];
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

/** Names the refused changes by the reason for which each needs approval. */
function refusalMessage(diff: DeployDiff, refused: readonly string[]): string {
  const sentences = REASONS.flatMap(([risk, say]) => {
    const ids = idsWithRisk(diff, [risk]).filter((id) => refused.includes(id));
    return ids.length > 0 ? [say(ids.join(', '))] : [];
  });
  return [...sentences, ...alsoApproved(diff, refused)].join(' ');
}

/**
 * Throws `destructive_not_allowed` unless every change that needs approval is allowed by its id, and `invalid_request` when
 * something is allowed that the diff does not have: `details` names them.
 */
export function assertAllowed(diff: DeployDiff, allow: readonly string[] = []): void {
  const known = new Set(changesOf(diff).map(({ id }) => id));
  const unknown = allow.filter((id) => id !== EXCEEDS_LOCK_BUDGET && !known.has(id));
  if (unknown.length > 0) {
    throw new ObjectStackError({
      code: 'invalid_request',
      message: `There is no change ${unknown[0]} that could be allowed.`,
      details: { allow: unknown },
    });
  }
  const refused = destructiveChanges(diff).filter((id) => !allow.includes(id));
  if (refused.length === 0) return;
  throw new ObjectStackError({
    code: 'destructive_not_allowed',
    message: refusalMessage(diff, refused),
    details: { changes: refused },
  });
}
