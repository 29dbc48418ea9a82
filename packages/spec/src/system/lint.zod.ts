import * as z from 'zod';
import { ChangeCodeEnum } from './change-code.zod.js';
import { ChangeRiskEnum, DeployNoticeCodeEnum } from './deploy-diff.zod.js';

const Text = z.string();

export const LintFindingSchema = z
  .object({
    code: z.union([ChangeCodeEnum, DeployNoticeCodeEnum]).describe('Stable code of the change or notice.'),
    risk: ChangeRiskEnum,
    changeId: Text.optional().describe(
      'Identifier of the change, by which it can be approved. Absent if the finding is a notice.',
    ),
    object: Text.optional().describe(
      'Name of the object after the change. Absent if the finding is about a view, flow or permission set.',
    ),
    field: Text.optional().describe('Name of the field. Absent if the finding is not about a field.'),
    message: Text.describe('Description of the finding.'),
  })
  .describe(
    'Effect of a new bundle version on data or client code of databases that have the previous version.',
  );
export type LintFinding = z.infer<typeof LintFindingSchema>;
