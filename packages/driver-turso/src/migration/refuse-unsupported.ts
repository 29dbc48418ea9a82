import { type NotSupportedFeature, notSupported, ObjectStackError } from '@objectstack/spec/shared';
import type { DeployDiff } from '@objectstack/spec/system';

type Refusal = { feature: NotSupportedFeature; subject: string };

function refusalsOf({ objects }: DeployDiff): Refusal[] {
  return objects.flatMap(({ after, object: subject }): Refusal[] =>
    after?.indexes?.some((index) => index.partial) ? [{ feature: 'partial_index', subject }] : [],
  );
}

/** Throws `not_supported` for what cannot be made; `details.changes` names every such change. */
export function refuseUnsupported(diff: DeployDiff): void {
  const refusals = refusalsOf(diff);
  const first = refusals[0];
  if (!first) return;
  const error = notSupported(first.feature, first.subject);
  throw new ObjectStackError({
    code: error.code,
    message: error.message,
    details: { ...error.details, changes: refusals.map(({ subject }) => subject) },
  });
}
