import { type NotSupportedFeature, notSupported, ObjectStackError } from '@objectstack/spec/shared';
import type { DeployDiff } from '@objectstack/spec/system';

type Refusal = { feature: NotSupportedFeature; subject: string };

const BY_CODE: Partial<Record<string, NotSupportedFeature>> = {
  DS101: 'remove_object',
  DS102: 'remove_field',
};

function refusalsOf({ objects, fields }: DeployDiff): Refusal[] {
  const losing = [...objects, ...fields].flatMap(({ code, id: subject }): Refusal[] => {
    const feature = BY_CODE[code];
    return feature ? [{ feature, subject }] : [];
  });
  const partial = objects.flatMap(({ after, object: subject }): Refusal[] =>
    after?.indexes?.some((index) => index.partial) ? [{ feature: 'partial_index', subject }] : [],
  );
  return [...losing, ...partial];
}

/** Throws `not_supported` for what would lose data, and for what cannot be made; `details.changes` names every such change. */
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
