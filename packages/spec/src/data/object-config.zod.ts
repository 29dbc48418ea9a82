import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { ExpressionSchema } from './expression.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Texts = z.array(z.string()).optional();
const Enabled = z.boolean();

export const ObjectFieldGroupSchema = z
  .looseObject(
    lazyShape(() => ({
      key: MachineNameSchema.describe('What the group of a field names.'),
      label: z.string().describe('Text that a person sees.'),
      icon: Text.describe('Name of an icon.'),
      description: Text.describe('What the group is for.'),
      defaultExpanded: Flag.describe('Whether the group starts open. Absent: true.'),
      visibleOn: ExpressionSchema.optional().describe('When the group is shown. Absent: always.'),
    })),
  )
  .describe('Fields that stand together in a form.');
export type ObjectFieldGroup = z.infer<typeof ObjectFieldGroupSchema>;

export const TenancyConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Enabled.describe('Whether records belong to tenants.'),
      strategy: z.enum(['shared', 'isolated', 'hybrid']).describe('How the author wants tenants kept apart.'),
      tenantField: Text.describe('Field with the tenant. Absent: tenant_id.'),
      crossTenantAccess: Flag.describe('Whether tenants may see each other. Absent: false.'),
    })),
  )
  .describe('How tenants are kept apart. Here every tenant has a database of its own, whatever it says.');
export type TenancyConfig = z.infer<typeof TenancyConfigSchema>;

export const SoftDeleteConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Enabled.describe('Whether a deleted record is only marked.'),
      field: Text.describe('Field with the time of deletion. Absent: deleted_at.'),
      cascadeDelete: Flag.describe('Whether its children are marked too. Absent: false.'),
    })),
  )
  .describe(
    'Soft deletion: marks records as deleted instead of removing them. This runtime always removes deleted records.',
  );
export type SoftDeleteConfig = z.infer<typeof SoftDeleteConfigSchema>;

export const VersioningConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Enabled.describe('Whether former values are kept.'),
      strategy: z.enum(['snapshot', 'delta', 'event-sourcing']).describe('In which form they are kept.'),
      retentionDays: z.number().min(1).optional().describe('Days for which they are kept.'),
      versionField: Text.describe('Field that counts versions. Absent: version.'),
    })),
  )
  .describe('Former values of records.');
export type VersioningConfig = z.infer<typeof VersioningConfigSchema>;

export const PartitioningConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Enabled.describe('Whether the table is divided.'),
      strategy: z.enum(['range', 'hash', 'list']).describe('By what a record finds its part.'),
      key: z.string().describe('Field that decides.'),
      interval: Text.describe('Width of a range, such as 1 month.'),
    })),
  )
  .describe('Division of a table into parts.');
export type PartitioningConfig = z.infer<typeof PartitioningConfigSchema>;

export const CDCConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Enabled.describe('Whether changes are sent.'),
      events: z.array(z.enum(['insert', 'update', 'delete'])).describe('Which changes are sent.'),
      destination: z.string().describe('Where they are sent.'),
    })),
  )
  .describe('Sending every change of a record somewhere else.');
export type CDCConfig = z.infer<typeof CDCConfigSchema>;

export const RecordNameConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      type: z.enum(['text', 'autonumber']).describe('Whether a person or a counter names records.'),
      displayFormat: Text.describe('Pattern of the counter, such as INV-{0000}.'),
      startNumber: z.int().min(0).optional().describe('First number of the counter.'),
    })),
  )
  .describe('How records get their name.');
export type RecordNameConfig = z.infer<typeof RecordNameConfigSchema>;

export const SearchConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      fields: z.array(z.string()).describe('Fields that a search looks at.'),
      displayFields: Texts.describe('Fields that a result shows.'),
      filters: Texts.describe('Fields by which results can be narrowed.'),
    })),
  )
  .describe('How records are searched.');
export type SearchConfig = z.infer<typeof SearchConfigSchema>;

const ApiMethodEnum = z.enum([
  'get',
  'list',
  'create',
  'update',
  'delete',
  'upsert',
  'bulk',
  'aggregate',
  'history',
  'search',
  'restore',
  'purge',
  'import',
  'export',
]);

export const ObjectCapabilitiesSchema = z
  .looseObject(
    lazyShape(() => ({
      trackHistory: Flag.describe('Whether changes of fields are recorded. Absent: false.'),
      searchable: Flag.describe('Whether a search finds its records. Absent: true.'),
      apiEnabled: Flag.describe('Whether an API offers it. Absent: true.'),
      apiMethods: z.array(ApiMethodEnum).optional().describe('What the API offers. Absent: everything.'),
      files: Flag.describe('Whether files can be attached. Absent: false.'),
      feeds: Flag.describe('Whether people can comment. Absent: false.'),
      activities: Flag.describe('Whether tasks and meetings can be attached. Absent: false.'),
      trash: Flag.describe('Whether deleted records can be restored. Absent: true.'),
      mru: Flag.describe('Whether the last ones seen are remembered. Absent: true.'),
      clone: Flag.describe('Whether a record can be copied. Absent: true.'),
    })),
  )
  .describe('What a platform offers around the records of an object.');
export type ObjectCapabilities = z.infer<typeof ObjectCapabilitiesSchema>;
