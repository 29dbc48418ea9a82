import * as z from 'zod';
import { FlowSchema } from '../automation/flow.zod.js';
import { ObjectDefinitionSchema } from '../data/object.zod.js';
import { ObjectExtensionSchema } from '../data/object-extension.zod.js';
import { SeedDatasetSchema } from '../data/seed.zod.js';
import { PermissionSetSchema } from '../security/permission.zod.js';
import { MachineNameSchema, NamespaceSchema, SemanticVersionSchema } from '../shared/names.zod.js';
import { PROTOCOL_VERSION, ProtocolVersionSchema } from '../shared/protocol-version.zod.js';
import { textLength } from '../shared/text-length.js';
import { VersionRangeSchema } from '../shared/version-range.zod.js';
import { ViewSchema } from '../ui/view.zod.js';

export * from './app-archive.zod.js';
export * from './app-compatibility.zod.js';
export * from './app-install-result.zod.js';
export * from './installed-app.zod.js';

const Flag = z.boolean();

const appId = MachineNameSchema.describe('Name of the app, as given in its manifest.');
const settingValue = z.union([z.string(), z.number(), Flag]);

export const AppSettingSchema = z
  .looseObject({
    type: z
      .enum(['text', 'number', 'boolean'])
      .describe(
        "Data type of the setting's value: text, number or boolean. Must be text for a secret setting.",
      ),
    label: z.string().optional().describe('Display name of the setting.'),
    description: z
      .string()
      .optional()
      .describe("Description of the setting's effect, shown to the person who installs the app."),
    required: Flag.default(false).describe(
      'Whether the setting must have a value, given or by default; otherwise the app cannot be installed. Defaults to false.',
    ),
    secret: Flag.default(false).describe(
      'Whether the value is secret: it is encrypted before it is stored, and never returned. Defaults to false.',
    ),
    default: settingValue
      .optional()
      .describe(
        'Value of the setting if none is given. Must have the data type of the setting; not allowed for a secret setting.',
      ),
  })
  .refine((setting) => !setting.secret || setting.default === undefined, {
    path: ['default'],
    message: 'must be absent if secret is true',
  })
  .refine((setting) => !setting.secret || setting.type === 'text', {
    path: ['type'],
    message: 'must be text if secret is true',
  })
  .refine(
    ({ type, default: value }) => value === undefined || typeof value === (type === 'text' ? 'string' : type),
    { path: ['default'], message: 'must have the type of the setting' },
  )
  .describe('Setting that can or must be given when the app is installed.');
export type AppSetting = z.infer<typeof AppSettingSchema>;
export type AppSettingInput = z.input<typeof AppSettingSchema>;

export const AppDependencySchema = z
  .looseObject({
    appId,
    range: VersionRangeSchema.describe('Range of acceptable versions of the other app, for example ^1.2.0.'),
    optional: Flag.default(false).describe(
      'Whether the app can be installed without the other app. If the other app is installed, its version must be in the range in any case. Defaults to false.',
    ),
  })
  .describe('Another app that this app depends on.');
export type AppDependency = z.infer<typeof AppDependencySchema>;
export type AppDependencyInput = z.input<typeof AppDependencySchema>;

const areDistinct = (values: readonly string[]) => new Set(values).size === values.length;

export const AppManifestSchema = z
  .looseObject({
    $schema: z
      .string()
      .optional()
      .describe('URL of the JSON Schema that editors validate the file against. Ignored by the runtime.'),
    protocolVersion: ProtocolVersionSchema.default(PROTOCOL_VERSION),
    name: MachineNameSchema.describe('Name of the app; used as appId in requests and dependencies.'),
    namespace: NamespaceSchema.describe(
      "Prefix of the names of the app's objects, followed by two underscores: with the namespace crm, an object is named crm__account.",
    ),
    label: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .optional()
      .describe('Display name of the app.'),
    description: z.string().optional().describe("Description of the app's purpose."),
    version: SemanticVersionSchema.describe('Version of the app (semver.org), for example 1.4.0.'),
    kernelRange: VersionRangeSchema.default('*').describe(
      'Range of versions of the runtime that the app supports, for example ^1.2.0. A runtime of any other version rejects the installation. Defaults to every version.',
    ),
    dependencies: z
      .array(AppDependencySchema)
      .default([])
      .describe('List of the other apps that this app depends on.'),
    objects: z.array(ObjectDefinitionSchema).default([]).describe('List of the objects of the app.'),
    objectExtensions: z
      .array(ObjectExtensionSchema)
      .default([])
      .describe(
        'List of fields, indexes and validation rules that the app adds to objects of the tenant or of other apps.',
      ),
    views: z.array(ViewSchema).default([]).describe('List of the views of the app.'),
    flows: z.array(FlowSchema).default([]).describe('List of the flows of the app.'),
    permissions: z.array(PermissionSetSchema).default([]).describe('List of the permission sets of the app.'),
    seedData: z
      .array(SeedDatasetSchema)
      .default([])
      .describe('List of seed datasets: records that the installation writes, in this order.'),
    settings: z
      .record(MachineNameSchema, AppSettingSchema)
      .default({})
      .describe('Settings that can or must be given a value when the app is installed, by name.'),
  })
  .refine((app) => areDistinct(app.dependencies.map((dependency) => dependency.appId)), {
    path: ['dependencies'],
    message: 'must list each app once',
  })
  .refine((app) => app.dependencies.every((dependency) => dependency.appId !== app.name), {
    path: ['dependencies'],
    message: 'must not contain the app itself',
  })
  .refine((app) => areDistinct(app.objects.map(({ name }) => name)), {
    path: ['objects'],
    message: 'must have unique names',
  })
  .describe('Manifest of one version of an app: everything needed to install it. Unknown keys are retained.');
export type AppManifest = z.infer<typeof AppManifestSchema>;
export type AppManifestInput = z.input<typeof AppManifestSchema>;

export const AppInstallRequestSchema = z
  .strictObject({
    tenantId: z.string().min(1).describe('Unique identifier of the tenant to install the app into.'),
    appId,
    range: VersionRangeSchema.default('*').describe(
      'Range of acceptable versions of the app, for example ^1.2.0. The newest published version in the range is installed. Defaults to any version.',
    ),
    configOverrides: z
      .record(MachineNameSchema, settingValue)
      .default({})
      .describe(
        "Values of the app's settings, by name. A setting that is omitted has its default value or, if the app is already installed, its current one. Values of secret settings are encrypted before they are stored.",
      ),
    skipSeedData: Flag.default(false).describe(
      "If `true`, the app's seed data is not written. Defaults to false.",
    ),
  })
  .describe('Request to install an app into a tenant.');
export type AppInstallRequest = z.infer<typeof AppInstallRequestSchema>;
export type AppInstallRequestInput = z.input<typeof AppInstallRequestSchema>;
