import * as z from 'zod';
import { ChangeCodeEnum } from './change-code.zod.js';
import { ChangeRiskEnum } from './deploy-diff.zod.js';
import { DeployNoticeCodeEnum } from './deploy-notice.zod.js';

const Text = z.string();

export const LintFindingSchema = z
  .object({
    code: z.union([ChangeCodeEnum, DeployNoticeCodeEnum]).describe('Stable code of the change or notice.'),
    risk: ChangeRiskEnum,
    changeId: Text.optional().describe(
      'Identifier of the change, to be passed in `allow` to approve the change. Absent if the finding is a notice.',
    ),
    object: Text.optional().describe(
      'Name of the object after the change. Absent if the finding applies to a view, flow or permission set.',
    ),
    field: Text.optional().describe(
      'Name of the field to which the finding applies. Absent if it applies to no field.',
    ),
    message: Text.describe('Description of the finding.'),
  })
  .describe(
    'Effect of a new bundle version on data or client code of databases that have the previous version.',
  );
export type LintFinding = z.infer<typeof LintFindingSchema>;
