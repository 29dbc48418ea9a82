import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { textLength } from '../shared/text-length.js';
import { FieldSchema } from './field.zod.js';
import { ObjectActionSchema } from './object-action.zod.js';
import {
  CDCConfigSchema,
  ObjectCapabilitiesSchema,
  ObjectFieldGroupSchema,
  PartitioningConfigSchema,
  RecordNameConfigSchema,
  SearchConfigSchema,
  SoftDeleteConfigSchema,
  TenancyConfigSchema,
  VersioningConfigSchema,
} from './object-config.zod.js';
import { ObjectWorkflowSchema } from './object-workflow.zod.js';
import { RenamedFromSchema } from './renamed-from.zod.js';
import { StateMachineSchema } from './state-machine.zod.js';
import { ValidationRuleSchema } from './validation-rule.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Texts = z.array(z.string()).optional();

export const IndexSchema = z
  .looseObject(
    lazyShape(() => ({
      name: Text.describe(
        'Name of the index in the metadata; the database index has a generated name. Stored, not interpreted.',
      ),
      fields: z.array(z.string()).min(1).describe('List of indexed fields, in order.'),
      type: z
        .enum(['btree', 'hash', 'gin', 'gist', 'fulltext'])
        .optional()
        .describe(
          'Index type. btree and hash create an index; gin, gist and fulltext are not supported and only produce a warning. Default: btree.',
        ),
      unique: Flag.describe('Whether the combination of values must be unique. Default: false.'),
      partial: Text.describe('SQL condition on fields of the object; only records that meet it are indexed.'),
    })),
  )
  .describe('Index on fields of an object.');
export type Index = z.infer<typeof IndexSchema>;

export const ObjectDefinitionSchema = z
  .looseObject(
    lazyShape(() => ({
      name: MachineNameSchema,
      label: Text.describe('Singular display name of the object. Stored, not interpreted.'),
      pluralLabel: Text.describe('Plural display name of the object. Stored, not interpreted.'),
      description: Text.describe("Description of the object's purpose. Stored, not interpreted."),
      icon: Text.describe('Name of the icon shown for the object. Stored, not interpreted.'),
      tags: Texts.describe('List of keywords for finding the object. Stored, not interpreted.'),
      fields: z.record(MachineNameSchema, FieldSchema).describe('Field definitions, by field name.'),
      indexes: z.array(IndexSchema).optional().describe("List of indexes on the object's fields."),
      validations: z
        .array(ValidationRuleSchema)
        .optional()
        .describe("List of validation rules for the object's records."),
      renamedFrom: RenamedFromSchema.optional(),
      displayNameField: Text.describe(
        'Name of the field that identifies a record to users and in seed data. Default: name.',
      ),
      active: Flag.describe(
        'Whether the object is visible to users. Default: true. Stored, not interpreted.',
      ),
      isSystem: Flag.describe(
        'Whether the object is provided by the platform. Default: false. Stored, not interpreted.',
      ),
      abstract: Flag.describe(
        'Whether the object is only a base for other objects. Default: false. Stored, not interpreted.',
      ),
      datasource: Text.describe(
        'Name of the data source that stores the records. Default: default. Stored, not interpreted.',
      ),
      fieldGroups: z
        .array(ObjectFieldGroupSchema)
        .optional()
        .describe('List of field groups in forms. Stored, not interpreted.'),
      tenancy: TenancyConfigSchema.optional().describe(
        'Requested isolation of tenants within a shared table. Stored, not interpreted.',
      ),
      softDelete: SoftDeleteConfigSchema.optional().describe(
        'Soft-delete settings: deleted records are marked instead of removed. Stored, not interpreted.',
      ),
      versioning: VersioningConfigSchema.optional().describe(
        'Versioning settings: previous states of records are kept as versions. Stored, not interpreted.',
      ),
      partitioning: PartitioningConfigSchema.optional().describe(
        'Partitioning settings: the table is divided by a field. Stored, not interpreted.',
      ),
      cdc: CDCConfigSchema.optional().describe(
        'Change data capture: publishing of changes to another system. Stored, not interpreted.',
      ),
      stateMachines: z
        .record(z.string(), StateMachineSchema)
        .optional()
        .describe('State machines of the records, by name. Stored, not interpreted.'),
      recordName: RecordNameConfigSchema.optional().describe(
        'How records are named. Stored, not interpreted.',
      ),
      titleFormat: Text.describe(
        "Template of a record's title, for example {code} - {name}. Stored, not interpreted.",
      ),
      compactLayout: Texts.describe('List of fields in a compact view. Stored, not interpreted.'),
      search: SearchConfigSchema.optional().describe(
        'Search settings of the object. Stored, not interpreted.',
      ),
      enable: ObjectCapabilitiesSchema.optional().describe(
        'Platform features enabled for the records. Stored, not interpreted.',
      ),
      recordTypes: Texts.describe('List of record type names. Stored, not interpreted.'),
      sharingModel: z
        .enum(['private', 'read', 'read_write', 'full'])
        .optional()
        .describe(
          'Access of users to records that they do not own. private: none; read: read; read_write: read and write; full: read, write and transfer. Stored, not interpreted.',
        ),
      keyPrefix: z
        .string()
        .check(textLength({ max: 5 }))
        .optional()
        .describe('Prefix of every record id. Stored, not interpreted.'),
      actions: z
        .array(ObjectActionSchema)
        .optional()
        .describe('List of actions that users can run on records. Stored, not interpreted.'),
      workflows: z
        .array(ObjectWorkflowSchema)
        .optional()
        .describe('List of workflow rules that run when a record changes. Stored, not interpreted.'),
    })),
  )
  .describe(
    "Object: a kind of record, stored in one table of the tenant's database. Unknown keys are retained.",
  );
export type ObjectDefinition = z.infer<typeof ObjectDefinitionSchema>;
