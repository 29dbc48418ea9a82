import type { ExecuteDeploymentOptions } from '@objectstack/spec/contracts';
import type { DeployBundle } from '@objectstack/spec/system';
import { replaceIds, replaceRefused } from '../seed/replace-approval.js';
import { type PreviewRequest, previewReplace } from '../seed/replace-preview.js';

/** Splits approvals into those of seeds and those of the plan, which does not know seeds. */
export function splitApprovals(
  bundle: DeployBundle,
  options: ExecuteDeploymentOptions,
): { options: ExecuteDeploymentOptions; approvedSeeds: ReadonlySet<string> } {
  const ofSeeds = replaceIds(bundle);
  const { allow = [] } = options;
  return {
    options: { ...options, allow: allow.filter((id) => !ofSeeds.has(id)) },
    approvedSeeds: new Set(allow.filter((id) => ofSeeds.has(id))),
  };
}

/**
 * Throws `destructive_not_allowed`, before any change, if seeds would remove records that no seed created without
 * approval. Writing the seeds checks again, for records that were written meanwhile.
 */
export async function assertSeedsApproved(
  request: PreviewRequest,
  approved: ReadonlySet<string>,
): Promise<void> {
  const needed = replaceIds(request.bundle);
  if (needed.size === 0) return;
  const refused = (await previewReplace(request)).flatMap(({ checkId: id, rows, samples = [] }) =>
    needed.has(id) && !approved.has(id) ? [{ id, rows, samples }] : [],
  );
  if (refused.length > 0) throw replaceRefused(refused);
}
