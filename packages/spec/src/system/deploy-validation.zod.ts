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
  .describe('Stable code of a validation issue.');
export type DeployValidationCode = z.infer<typeof DeployValidationCodeEnum>;

export const DeployValidationIssueSchema = z
  .object({
    severity: z
      .enum(['error', 'warning', 'info'])
      .describe(
        'Severity of the issue. error: the bundle cannot be deployed; warning: it can, but is probably wrong; info: worth knowing.',
      ),
    path: Text.describe('JSON Pointer (RFC 6901) to the affected value; empty for the whole bundle.'),
    code: DeployValidationCodeEnum,
    message: Text.describe('Description of the issue. Contains no record values.'),
    suggestion: Text.optional().describe('Value that was probably intended.'),
  })
  .describe('Issue that validation found in a bundle.');
export type DeployValidationIssue = z.infer<typeof DeployValidationIssueSchema>;

export const DeployValidationResultSchema = z
  .object({
    valid: z.boolean().describe('Whether the bundle can be deployed: there is no issue of severity error.'),
    issues: z
      .array(DeployValidationIssueSchema)
      .describe('List of issues sorted by path; truncated if there are very many.'),
    errorCount: Count.describe('Number of errors, including those omitted from issues.'),
    warningCount: Count.describe('Number of warnings, including those omitted from issues.'),
    changes: z
      .array(LintFindingSchema)
      .optional()
      .describe(
        'Effects of the bundle on databases that have the previous version. Present only if a previous version was given.',
      ),
    checksum: ChecksumSchema.optional().describe(
      'Checksum of the bundle. Present only if the bundle is valid.',
    ),
  })
  .refine((result) => result.valid === (result.errorCount === 0), {
    path: ['valid'],
    message: 'is true exactly when errorCount is 0',
  })
  .refine((result) => result.valid === (result.checksum !== undefined), {
    path: ['checksum'],
    message: 'is there exactly when the bundle is valid',
  })
  .describe('Result of validating a bundle.');
export type DeployValidationResult = z.infer<typeof DeployValidationResultSchema>;
