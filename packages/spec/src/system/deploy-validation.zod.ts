import * as z from 'zod';
import { ChecksumSchema } from '../shared/names.zod.js';
import { LintFindingSchema } from './lint.zod.js';

const Count = z.int().min(0);
const Position = z.int().min(1);
const Text = z.string();

export const DeployValidationCodeEnum = z
  .enum([
    'checksum_mismatch',
    'computed_field_value',
    'duplicate_name',
    'expression_not_evaluated',
    'foreign_key_not_made',
    'index_not_made',
    'inexact_number',
    'invalid_backfill',
    'invalid_default',
    'invalid_shape',
    'invalid_value',
    'limit_exceeded',
    'manifest_mismatch',
    'missing_options',
    'missing_reference',
    'misspelled_key',
    'not_json',
    'not_yaml',
    'option_violation',
    'quota_exceeded',
    'required_violation',
    'reserved_name',
    'system_field',
    'unknown_field',
    'unknown_key',
    'unknown_object',
    'unknown_shape',
    'unsafe_key',
    'unsupported_protocol_version',
  ])
  .describe(
    'Stable code of a validation issue. checksum_mismatch: the checksum is not that of the bundle; computed_field_value: a seed record has a value for a computed field; duplicate_name: a name or key occurs twice; expression_not_evaluated: the expression cannot be evaluated, or its field cannot store the result, and the value is left out; foreign_key_not_made, index_not_made: the database will have no foreign key for the lookup, or no such index; inexact_number: the number has more digits than a double can represent; invalid_backfill, invalid_default, invalid_value: the value does not fit the field; invalid_shape: the value does not conform to its schema; limit_exceeded: there are too many items; manifest_mismatch: the manifest does not list the contents of the bundle; missing_options: a field that offers a choice has no options and accepts any value; missing_reference: the referenced name is missing or unknown; misspelled_key: the key resembles a known one; not_json, not_yaml: the text is not JSON or YAML; option_violation, required_violation: a seed record violates the rule; quota_exceeded: the bundle requires more than the subscription plan allows; reserved_name: the name is reserved; system_field: the field is defined by the system; unknown_field, unknown_key, unknown_object: there is no such name; unknown_shape: a value that is stored but not interpreted has another shape than the known one, or is missing; unsafe_key: the key is not allowed; unsupported_protocol_version: the bundle was written for a later protocol version.',
  );
export type DeployValidationCode = z.infer<typeof DeployValidationCodeEnum>;

export const DeployValidationIssueSchema = z
  .object({
    severity: z
      .enum(['error', 'warning', 'info'])
      .describe(
        'Severity of the issue. error: the bundle cannot be deployed; warning: the bundle can be deployed, but is probably wrong; info: no correction is needed.',
      ),
    path: Text.describe('JSON Pointer (RFC 6901) to the affected value; empty for the whole bundle.'),
    code: DeployValidationCodeEnum,
    message: Text.describe('Description of the issue. Contains no record values.'),
    suggestion: Text.optional().describe(
      'Value that was probably intended, for example the correct spelling of a name. Absent if there is no similar one.',
    ),
    file: Text.optional().describe(
      'File of the affected value, relative to the directory of the bundle. Present only if the bundle was read from several files.',
    ),
    line: Position.optional().describe(
      'Line of the affected value, starting at 1. Present only if the bundle was parsed from JSON or YAML text.',
    ),
    column: Position.optional().describe(
      'Column of the affected value, starting at 1. Present only if the bundle was parsed from JSON or YAML text.',
    ),
  })
  .describe('Issue that validation found in a bundle.');
export type DeployValidationIssue = z.infer<typeof DeployValidationIssueSchema>;

export const DeployValidationResultSchema = z
  .object({
    valid: z.boolean().describe('Whether the bundle can be deployed: there is no issue of severity error.'),
    issues: z
      .array(DeployValidationIssueSchema)
      .describe(
        'List of issues, sorted by path; at most 1,000. If there are more, errors take precedence over warnings.',
      ),
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
    message: 'must be true exactly if errorCount is 0',
  })
  .refine((result) => result.valid === (result.checksum !== undefined), {
    path: ['checksum'],
    message: 'must be present exactly if the bundle is valid',
  })
  .describe('Result of validating a bundle.');
export type DeployValidationResult = z.infer<typeof DeployValidationResultSchema>;
