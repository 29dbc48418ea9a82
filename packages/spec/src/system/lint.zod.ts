import * as z from 'zod';
import { ChangeCodeEnum } from './change-code.zod.js';
import { ChangeRiskEnum, DeployNoticeCodeEnum } from './deploy-diff.zod.js';

const Text = z.string();

export const LintFindingSchema = z
  .object({
    code: z.union([ChangeCodeEnum, DeployNoticeCodeEnum]).describe('Stable code of what was found.'),
    risk: ChangeRiskEnum,
    changeId: Text.optional().describe('Change that it is about; the id by which it can be allowed.'),
    object: Text.optional().describe('Object that it is about, by its new name.'),
    field: Text.optional().describe('Field that it is about.'),
    message: Text.describe('What was found, in words.'),
  })
  .describe('What a new version would do to the data or the code of those who have the version before.');
export type LintFinding = z.infer<typeof LintFindingSchema>;
