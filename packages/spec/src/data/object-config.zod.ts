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
      key: MachineNameSchema.describe('Key of the group, referenced by the group property of fields.'),
      label: z.string().describe('Display name of the group.'),
      icon: Text.describe('Name of the icon shown for the field group, in the icon set of the application.'),
      description: Text.describe("Description of the group's purpose."),
      defaultExpanded: Flag.describe('Whether the group is initially expanded. Defaults to true.'),
      visibleOn: ExpressionSchema.optional().describe(
        'Condition under which the group is shown. If omitted, it is always shown.',
      ),
    })),
  )
  .describe('Group of fields shown together in forms.');
export type ObjectFieldGroup = z.infer<typeof ObjectFieldGroupSchema>;

export const TenancyConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Enabled.describe(
        'Whether each record should belong to one tenant, identified by `tenantField`.',
      ),
      strategy: z
        .enum(['shared', 'isolated', 'hybrid'])
        .optional()
        .describe(
          'Requested isolation strategy. shared: tenants share tables; isolated: each tenant has its own tables; hybrid: some objects share tables, others do not.',
        ),
      tenantField: Text.describe('Name of the field that holds the tenant id. Defaults to tenant_id.'),
      crossTenantAccess: Flag.describe(
        "Whether tenants should be able to access each other's records. Defaults to false.",
      ),
    })),
  )
  .describe(
    'Requested isolation of tenants within a shared table. This runtime ignores it: every tenant has its own database.',
  );
export type TenancyConfig = z.infer<typeof TenancyConfigSchema>;

export const SoftDeleteConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Enabled.describe('Whether deleted records should only be marked as deleted.'),
      field: Text.describe('Name of the field that holds the deletion timestamp. Defaults to deleted_at.'),
      cascadeDelete: Flag.describe(
        'Whether child records should be marked as deleted too. Defaults to false.',
      ),
    })),
  )
  .describe(
    'Requested soft deletion: records are marked as deleted instead of being removed. This runtime ignores it: deleted records are always removed.',
  );
export type SoftDeleteConfig = z.infer<typeof SoftDeleteConfigSchema>;

export const VersioningConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Enabled.describe('Whether previous versions of a record should be retained.'),
      strategy: z
        .enum(['snapshot', 'delta', 'event-sourcing'])
        .describe(
          'Format of a version. snapshot: the whole record; delta: the changed fields; event-sourcing: the events that led to it.',
        ),
      retentionDays: z
        .number()
        .min(1)
        .optional()
        .describe('Number of days for which versions should be retained.'),
      versionField: Text.describe('Name of the field that holds the version number. Defaults to version.'),
    })),
  )
  .describe('Requested retention of previous versions of records. This runtime ignores it.');
export type VersioningConfig = z.infer<typeof VersioningConfigSchema>;

export const PartitioningConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Enabled.describe('Whether the table should be partitioned.'),
      strategy: z
        .enum(['range', 'hash', 'list'])
        .describe(
          'How a record is assigned to a partition by the value of `key`. range: by ranges of values; hash: by a hash of the value; list: by lists of values.',
        ),
      key: z.string().describe('Name of the field that determines the partition.'),
      interval: Text.describe('Size of a range partition, for example 1 month.'),
    })),
  )
  .describe('Requested partitioning of the table. This runtime ignores it.');
export type PartitioningConfig = z.infer<typeof PartitioningConfigSchema>;

export const CDCConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Enabled.describe('Whether changes to records should be published.'),
      events: z
        .array(z.enum(['insert', 'update', 'delete']))
        .describe('List of the kinds of changes to publish.'),
      destination: z.string().describe('Destination of the changes, for example a topic or URL.'),
    })),
  )
  .describe(
    'Requested change data capture: publication of changes to records to another system. This runtime ignores it.',
  );
export type CDCConfig = z.infer<typeof CDCConfigSchema>;

export const RecordNameConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      type: z
        .enum(['text', 'autonumber'])
        .describe(
          'How a record should get its name. text: entered by a user; autonumber: generated by a counter.',
        ),
      displayFormat: Text.describe('Format of an autonumber name, for example INV-{0000}.'),
      startNumber: z
        .int()
        .min(0)
        .optional()
        .describe('First number of the counter, for the type autonumber.'),
    })),
  )
  .describe('Requested naming of records.');
export type RecordNameConfig = z.infer<typeof RecordNameConfigSchema>;

export const SearchConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      fields: z.array(z.string()).describe('List of names of the fields to search.'),
      displayFields: Texts.describe('List of names of the fields to show in a search result.'),
      filters: Texts.describe('List of names of the fields by which users may filter search results.'),
    })),
  )
  .describe('Search settings of an object.');
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
      trackHistory: Flag.describe('Whether field changes should be recorded. Defaults to false.'),
      searchable: Flag.describe('Whether a search should include the records. Defaults to true.'),
      apiEnabled: Flag.describe('Whether the records should be available through an API. Defaults to true.'),
      apiMethods: z
        .array(ApiMethodEnum)
        .optional()
        .describe('List of the API operations to enable. Defaults to all.'),
      files: Flag.describe('Whether users may attach files to records. Defaults to false.'),
      feeds: Flag.describe('Whether users may comment on records. Defaults to false.'),
      activities: Flag.describe('Whether users may attach tasks and meetings to records. Defaults to false.'),
      trash: Flag.describe(
        'Whether deleted records should go to a recycle bin from which they can be restored. Defaults to true.',
      ),
      mru: Flag.describe(
        'Whether the most recently used (MRU) records of each user should be tracked. Defaults to true.',
      ),
      clone: Flag.describe('Whether users may clone records. Defaults to true.'),
    })),
  )
  .describe('Features that an application should offer for the records of an object.');
export type ObjectCapabilities = z.infer<typeof ObjectCapabilitiesSchema>;
