import * as z from 'zod';
import { ChecksumSchema } from '../shared/names.zod.js';
import { LintFindingSchema } from './lint.zod.js';

const Count = z.int().min(0);
const Text = z.string();

export const DeployValidationCodeEnum = z
  .enum([
    'checksum_mismatch',
    'computed_field_value',
    'duplicate_name',
    'foreign_key_not_made',
    'index_not_made',
    'inexact_number',
    'invalid_backfill',
    'invalid_default',
    'invalid_shape',
    'invalid_value',
    'limit_exceeded',
    'manifest_mismatch',
    'missing_reference',
    'misspelled_key',
    'not_json',
    'option_violation',
    'required_violation',
    'reserved_name',
    'system_field',
    'unknown_field',
    'unknown_key',
    'unknown_object',
    'unsafe_key',
    'unsupported_protocol_version',
  ])
  .describe('Stable code of a finding.');
export type DeployValidationCode = z.infer<typeof DeployValidationCodeEnum>;

export const DeployValidationIssueSchema = z
  .object({
    severity: z.enum(['error', 'warning', 'info']).describe('An error keeps the bundle from being deployed.'),
    path: Text.describe('JSON Pointer (RFC 6901) to the place; empty for the whole bundle.'),
    code: DeployValidationCodeEnum,
    message: Text.describe('What is wrong. Holds no value of a record.'),
    suggestion: Text.optional().describe('What was probably meant.'),
  })
  .describe('A finding about a bundle.');
export type DeployValidationIssue = z.infer<typeof DeployValidationIssueSchema>;

export const DeployValidationResultSchema = z
  .object({
    valid: z.boolean().describe('Whether there is no error.'),
    issues: z
      .array(DeployValidationIssueSchema)
      .describe('The findings by path; of very many only the first.'),
    errorCount: Count.describe('How many errors there are, listed or not.'),
    warningCount: Count.describe('How many warnings there are, listed or not.'),
    changes: z
      .array(LintFindingSchema)
      .optional()
      .describe(
        'What the bundle would do to those who have the version before; there exactly when one was given.',
      ),
    checksum: ChecksumSchema.optional().describe('Checksum of the bundle; there exactly when it is valid.'),
  })
  .refine((result) => result.valid === (result.errorCount === 0), {
    path: ['valid'],
    message: 'is true exactly when errorCount is 0',
  })
  .refine((result) => result.valid === (result.checksum !== undefined), {
    path: ['checksum'],
    message: 'is there exactly when the bundle is valid',
  })
  .describe('What validation found.');
export type DeployValidationResult = z.infer<typeof DeployValidationResultSchema>;
