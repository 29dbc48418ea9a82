import * as z from 'zod';

export const AppCompatibilityCodeEnum = z
  .enum([
    'dependency_cycle',
    'dependency_missing',
    'dependency_version',
    'depended_on_by',
    'field_type_mismatch',
    'kernel_range',
    'name_taken_by_app',
    'name_taken_by_tenant',
    'namespace_taken',
    'quota_exceeded',
    'setting_missing',
  ])
  .describe(
    'Stable code of a compatibility issue. dependency_cycle: apps depend on each other in a cycle; dependency_missing: a required app is not installed; dependency_version: a required app has an unsuitable version; depended_on_by: other apps require the current version; field_type_mismatch: a field exists with another type; kernel_range: the runtime version is unsuitable; name_taken_by_app, name_taken_by_tenant: an object with the name exists; namespace_taken: another app uses the namespace; quota_exceeded: a quota would be exceeded; setting_missing: a required setting has no value.',
  );
export type AppCompatibilityCode = z.infer<typeof AppCompatibilityCodeEnum>;

export const AppCompatibilityIssueSchema = z
  .object({
    severity: z
      .enum(['error', 'warning'])
      .describe('Severity of the issue. error: the app cannot be installed; warning: it can.'),
    code: AppCompatibilityCodeEnum,
    subject: z
      .string()
      .optional()
      .describe('Name of the app, object, field, setting or quota that the issue is about.'),
    message: z
      .string()
      .min(1)
      .describe('Description of the issue. Contains no record values and no setting values.'),
  })
  .describe('Compatibility issue between an app and a tenant.');
export type AppCompatibilityIssue = z.infer<typeof AppCompatibilityIssueSchema>;

export const AppCompatibilityCheckSchema = z
  .object({
    compatible: z
      .boolean()
      .describe('Whether the app can be installed: there is no issue of severity error.'),
    issues: z.array(AppCompatibilityIssueSchema).describe('List of compatibility issues.'),
  })
  .refine((check) => check.compatible === check.issues.every(({ severity }) => severity !== 'error'), {
    path: ['compatible'],
    message: 'must be true exactly if no issue is an error',
  })
  .describe('Result of checking whether an app can be installed in a tenant.');
export type AppCompatibilityCheck = z.infer<typeof AppCompatibilityCheckSchema>;

/** The name of the type in `IAppLifecycleService`. */
export type CompatibilityResult = AppCompatibilityCheck;
