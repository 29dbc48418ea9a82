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
  .describe('Stable code of what stands between an app and a tenant.');
export type AppCompatibilityCode = z.infer<typeof AppCompatibilityCodeEnum>;

export const AppCompatibilityIssueSchema = z
  .object({
    severity: z.enum(['error', 'warning']).describe('An error keeps the app from being installed.'),
    code: AppCompatibilityCodeEnum,
    subject: z.string().optional().describe('App, object, field, setting or quota that is meant.'),
    message: z.string().min(1).describe('What is in the way. Holds no value of a record or a setting.'),
  })
  .describe('A finding about an app and a tenant.');
export type AppCompatibilityIssue = z.infer<typeof AppCompatibilityIssueSchema>;

export const AppCompatibilityCheckSchema = z
  .object({
    compatible: z.boolean().describe('Whether there is no error.'),
    issues: z.array(AppCompatibilityIssueSchema).describe('The findings.'),
  })
  .refine((check) => check.compatible === check.issues.every(({ severity }) => severity !== 'error'), {
    path: ['compatible'],
    message: 'is true exactly when there is no error',
  })
  .describe('Whether an app can be installed in a tenant.');
export type AppCompatibilityCheck = z.infer<typeof AppCompatibilityCheckSchema>;

/** The name that `IAppLifecycleService` has for it. */
export type CompatibilityResult = AppCompatibilityCheck;
