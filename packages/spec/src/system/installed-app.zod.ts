import * as z from 'zod';
import {
  ChecksumSchema,
  MachineNameSchema,
  NamespaceSchema,
  SemanticVersionSchema,
} from '../shared/names.zod.js';

const settingValue = z.union([z.string(), z.number(), z.boolean()]);

export const AppComponentKindEnum = z
  .enum(['object', 'field', 'view', 'flow', 'permission'])
  .describe(
    'Kind of component. object: object definition; field: field that the app adds to an object of another owner; view: view; flow: flow; permission: permission set.',
  );
export type AppComponentKind = z.infer<typeof AppComponentKindEnum>;

export const AppComponentSchema = z
  .object({
    kind: AppComponentKindEnum,
    name: z
      .string()
      .min(1)
      .describe(
        'Name of the component; for a field, the names of object and field in the form object.field.',
      ),
    owner: MachineNameSchema.describe('Name of the app that owns the component.'),
    checksum: ChecksumSchema.describe(
      "SHA-256 checksum of the component's definition in the manifest of the app.",
    ),
    isModified: z
      .boolean()
      .describe('Whether the tenant or another app has changed or extended the component.'),
  })
  .describe('Component that an app installed.');
export type AppComponent = z.infer<typeof AppComponentSchema>;

export const InstalledAppSchema = z
  .object({
    appId: MachineNameSchema.describe('Name of the app.'),
    namespace: NamespaceSchema.describe(
      "Prefix of the names of the app's objects, followed by two underscores: with the namespace crm, an object is named crm__account.",
    ),
    label: z.string().optional().describe('Display name of the app.'),
    version: SemanticVersionSchema.describe('Version of the app that is installed.'),
    checksum: ChecksumSchema.describe('SHA-256 checksum of the installed manifest.'),
    settings: z
      .record(MachineNameSchema, settingValue)
      .describe('Values of the settings, by name, including default values and without secret settings.'),
    secretSettings: z
      .array(MachineNameSchema)
      .describe('Names of the secret settings that have a value. The values are never returned.'),
    components: z.array(AppComponentSchema).describe('List of components that the app owns.'),
  })
  .describe('App that is installed in a tenant.');
export type InstalledApp = z.infer<typeof InstalledAppSchema>;

export const AppUninstallPreviewSchema = z
  .object({
    appId: MachineNameSchema.describe('Name of the app.'),
    version: SemanticVersionSchema.describe('Version of the app that is installed.'),
    dependents: z
      .array(z.string())
      .describe(
        'List of the apps and components that depend on the app and prevent its removal, by kind and name, for example app/invoicing.',
      ),
    records: z
      .record(MachineNameSchema, z.int().min(0))
      .describe('Number of records that would be removed, by the name of the object of the app.'),
    fields: z
      .array(z.string())
      .describe(
        'List of the fields that would be removed from objects of other owners, in the form object.field.',
      ),
  })
  .describe('Effects of uninstalling an app.');
export type AppUninstallPreview = z.infer<typeof AppUninstallPreviewSchema>;
