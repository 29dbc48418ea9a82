import * as z from 'zod';
import { FlowSchema } from '../automation/flow.zod.js';
import { ObjectDefinitionSchema } from '../data/object.zod.js';
import { SeedDatasetSchema } from '../data/seed.zod.js';
import { PermissionSetSchema } from '../security/permission.zod.js';
import { MachineNameSchema, NamespaceSchema, SemanticVersionSchema } from '../shared/names.zod.js';
import { PROTOCOL_VERSION, ProtocolVersionSchema } from '../shared/protocol-version.zod.js';
import { textLength } from '../shared/text-length.js';
import { VersionRangeSchema } from '../shared/version-range.zod.js';
import { ViewSchema } from '../ui/view.zod.js';

export * from './app-compatibility.zod.js';
export * from './app-install-result.zod.js';

const Flag = z.boolean();

const appId = MachineNameSchema.describe('Name of the app, as its manifest has it.');
const settingValue = z.union([z.string(), z.number(), Flag]);

export const AppSettingSchema = z
  .looseObject({
    type: z.enum(['text', 'number', 'boolean']).describe('Kind of value.'),
    label: z.string().optional().describe('Text that a person sees.'),
    description: z.string().optional().describe('What the setting does.'),
    required: Flag.default(false).describe('Whether the app cannot run without a value.'),
    secret: Flag.default(false).describe('Whether the value is sealed where it is kept and never shown.'),
    default: settingValue.optional().describe('Value unless another is given. A secret has none.'),
  })
  .refine((setting) => !setting.secret || setting.default === undefined, {
    path: ['default'],
    message: 'must be absent from a secret',
  })
  .refine((setting) => !setting.secret || setting.type === 'text', {
    path: ['type'],
    message: 'must be text for a secret',
  })
  .refine(
    ({ type, default: value }) => value === undefined || typeof value === (type === 'text' ? 'string' : type),
    { path: ['default'], message: 'must be of the type of the setting' },
  )
  .describe('A setting that whoever installs the app may or must give.');
export type AppSetting = z.infer<typeof AppSettingSchema>;
export type AppSettingInput = z.input<typeof AppSettingSchema>;

export const AppDependencySchema = z
  .looseObject({
    appId,
    range: VersionRangeSchema.describe('Versions that will do.'),
    optional: Flag.default(false).describe('Whether the app also runs without it.'),
  })
  .describe('Another app that the app needs.');
export type AppDependency = z.infer<typeof AppDependencySchema>;
export type AppDependencyInput = z.input<typeof AppDependencySchema>;

const areDistinct = (values: readonly string[]) => new Set(values).size === values.length;

export const AppManifestSchema = z
  .looseObject({
    $schema: z
      .string()
      .optional()
      .describe('JSON Schema of the file, for editors; no part of what the file says.'),
    protocolVersion: ProtocolVersionSchema.default(PROTOCOL_VERSION),
    name: MachineNameSchema.describe('Name of the app; the appId of requests and dependencies.'),
    namespace: NamespaceSchema.describe('Stands before the names of its objects: namespace__object.'),
    label: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .optional()
      .describe('Name that a person sees.'),
    description: z.string().optional().describe('What the app is for.'),
    version: SemanticVersionSchema,
    kernelRange: VersionRangeSchema.default('*').describe('Versions of the runtime that the app runs on.'),
    dependencies: z.array(AppDependencySchema).default([]).describe('Other apps that it needs.'),
    objects: z.array(ObjectDefinitionSchema).default([]).describe('The kinds of records it brings.'),
    views: z.array(ViewSchema).default([]).describe('Lists and forms.'),
    flows: z.array(FlowSchema).default([]).describe('Automations.'),
    permissions: z.array(PermissionSetSchema).default([]).describe('Permission sets.'),
    seedData: z.array(SeedDatasetSchema).default([]).describe('Records to write, in this order.'),
    settings: z.record(MachineNameSchema, AppSettingSchema).default({}).describe('Settings by name.'),
  })
  .refine((app) => areDistinct(app.dependencies.map((dependency) => dependency.appId)), {
    path: ['dependencies'],
    message: 'must name each app once',
  })
  .refine((app) => app.dependencies.every((dependency) => dependency.appId !== app.name), {
    path: ['dependencies'],
    message: 'must not name the app itself',
  })
  .refine((app) => areDistinct(app.objects.map(({ name }) => name)), {
    path: ['objects'],
    message: 'must have each name once',
  })
  .describe('A version of an app: everything that installing it needs. Unknown keys are kept.');
export type AppManifest = z.infer<typeof AppManifestSchema>;
export type AppManifestInput = z.input<typeof AppManifestSchema>;

export const AppInstallRequestSchema = z
  .strictObject({
    tenantId: z.string().min(1).describe('Tenant that gets the app.'),
    appId,
    range: VersionRangeSchema.default('*').describe('Versions that will do; the newest of them is taken.'),
    configOverrides: z
      .record(MachineNameSchema, settingValue)
      .default({})
      .describe('Settings by name. A value of a secret setting is sealed before it is kept.'),
    skipSeedData: Flag.default(false).describe('Leaves the records of the app out.'),
  })
  .describe('Asks for an app in a tenant.');
export type AppInstallRequest = z.infer<typeof AppInstallRequestSchema>;
export type AppInstallRequestInput = z.input<typeof AppInstallRequestSchema>;
