import * as z from 'zod';

export const AppCompatibilityCodeEnum = z
  .enum([
    'already_installed',
    'dependency_cycle',
    'dependency_missing',
    'dependency_version',
    'depended_on_by',
    'downgrade',
    'extension_target_missing',
    'field_type_mismatch',
    'invalid_component',
    'kernel_range',
    'name_outside_namespace',
    'name_taken_by_app',
    'name_taken_by_tenant',
    'namespace_taken',
    'permission_requested',
    'quota_exceeded',
    'retained_data',
    'setting_invalid',
    'setting_missing',
    'setting_unknown',
    'version_conflict',
  ])
  .describe(
    'Stable code of a compatibility issue. already_installed: the app is installed in another version; dependency_cycle: apps depend on each other in a cycle; dependency_missing: a required app is not installed; dependency_version: a required app has an unsuitable version; depended_on_by: other apps or the tenant require the current version; downgrade: the version is older than the installed one; extension_target_missing: an extended object does not exist; field_type_mismatch: a field exists with another type; invalid_component: a component is not valid together with those of the tenant; kernel_range: the runtime version is unsuitable; name_outside_namespace: a name does not start with the namespace of the app; name_taken_by_app, name_taken_by_tenant: an object with the name exists; namespace_taken: another app uses the namespace; permission_requested: the app grants permissions on objects that it does not define; quota_exceeded: a quota would be exceeded; retained_data: retained data of an earlier installation cannot be restored into the objects of this version; setting_invalid: a value does not have the type of its setting; setting_missing: a required setting has no value; setting_unknown: the app has no such setting; version_conflict: the installed manifest of the same version has other content.',
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
      .describe(
        'Name of the app, object, field, setting or quota that has the issue. Absent if the issue concerns none of these.',
      ),
    path: z
      .string()
      .optional()
      .describe("JSON Pointer to the cause in the app's manifest; absent if the cause is elsewhere."),
    suggestion: z
      .string()
      .optional()
      .describe('Instruction for resolving the issue. Absent if there is none.'),
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
    issues: z
      .array(AppCompatibilityIssueSchema)
      .describe(
        'List of compatibility issues; at most 1,000. If there are more, errors take precedence over warnings.',
      ),
  })
  .refine((check) => check.compatible === check.issues.every(({ severity }) => severity !== 'error'), {
    path: ['compatible'],
    message: 'must be true exactly if no issue is an error',
  })
  .describe('Result of checking whether an app can be installed in a tenant.');
export type AppCompatibilityCheck = z.infer<typeof AppCompatibilityCheckSchema>;

/** The name of the type in `IAppLifecycleService`. */
export type CompatibilityResult = AppCompatibilityCheck;
