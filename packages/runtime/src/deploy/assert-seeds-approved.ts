import type { ExecuteDeploymentOptions } from '@objectstack/spec/contracts';
import type { DeployBundle } from '@objectstack/spec/system';
import { replaceIds, replaceRefused } from '../seed/replace-approval.js';
import { type PreviewRequest, previewReplace } from '../seed/replace-preview.js';

/** Approvals by what judges them: the seeds, or the plan, which knows nothing of seeds. */
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
 * Throws `destructive_not_allowed`, before anything is changed, when seeds would remove what no seed created and it is not
 * approved. They look again when they write: what was written since counts too.
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
