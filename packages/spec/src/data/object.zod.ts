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
        'Name for people: the index in the database is named after its definition. Carried, not enforced.',
      ),
      fields: z.array(z.string()).min(1).describe('Fields in the order of the index.'),
      type: z
        .enum(['btree', 'hash', 'gin', 'gist', 'fulltext'])
        .optional()
        .describe('btree and hash make an index, the others a warning. Absent: btree.'),
      unique: Flag.describe('Whether no two records may share these values. Absent: false.'),
      partial: Text.describe(
        'SQL condition over fields of the object: the index holds only the records that meet it.',
      ),
    })),
  )
  .describe('An index over fields of an object.');
export type Index = z.infer<typeof IndexSchema>;

export const ObjectDefinitionSchema = z
  .looseObject(
    lazyShape(() => ({
      name: MachineNameSchema,
      label: Text.describe('Singular name that a person sees. Carried, not enforced.'),
      pluralLabel: Text.describe('Plural name that a person sees. Carried, not enforced.'),
      description: Text.describe('What the object is for. Carried, not enforced.'),
      icon: Text.describe('Name of an icon. Carried, not enforced.'),
      tags: Texts.describe('Words to find the object by. Carried, not enforced.'),
      fields: z.record(MachineNameSchema, FieldSchema).describe('The fields by name.'),
      indexes: z.array(IndexSchema).optional().describe('Indexes over its fields.'),
      validations: z.array(ValidationRuleSchema).optional().describe('Rules about its records.'),
      renamedFrom: RenamedFromSchema.optional(),
      displayNameField: Text.describe('Field by which people and seeds know a record. Absent: name.'),
      active: Flag.describe('Whether people see the object. Absent: true. Carried, not enforced.'),
      isSystem: Flag.describe('Whether a platform brings the object. Absent: false. Carried, not enforced.'),
      abstract: Flag.describe('Whether it is only a model for others. Absent: false. Carried, not enforced.'),
      datasource: Text.describe('Where its records are kept. Absent: default. Carried, not enforced.'),
      fieldGroups: z
        .array(ObjectFieldGroupSchema)
        .optional()
        .describe('Groups of fields in forms. Carried, not enforced.'),
      tenancy: TenancyConfigSchema.optional().describe('How tenants are kept apart. Carried, not enforced.'),
      softDelete: SoftDeleteConfigSchema.optional().describe('Deleting by marking. Carried, not enforced.'),
      versioning: VersioningConfigSchema.optional().describe(
        'Former values of records. Carried, not enforced.',
      ),
      partitioning: PartitioningConfigSchema.optional().describe(
        'Division of the table. Carried, not enforced.',
      ),
      cdc: CDCConfigSchema.optional().describe('Sending changes elsewhere. Carried, not enforced.'),
      stateMachines: z
        .record(z.string(), StateMachineSchema)
        .optional()
        .describe('States of a record, by machine. Carried, not enforced.'),
      recordName: RecordNameConfigSchema.optional().describe(
        'How records get their name. Carried, not enforced.',
      ),
      titleFormat: Text.describe('Title of a record, such as {code} - {name}. Carried, not enforced.'),
      compactLayout: Texts.describe('Fields of a short view. Carried, not enforced.'),
      search: SearchConfigSchema.optional().describe('How records are searched. Carried, not enforced.'),
      enable: ObjectCapabilitiesSchema.optional().describe(
        'What a platform offers around records. Carried, not enforced.',
      ),
      recordTypes: Texts.describe('Names of kinds of records. Carried, not enforced.'),
      sharingModel: z
        .enum(['private', 'read', 'read_write', 'full'])
        .optional()
        .describe('What people may do with records of others. Carried, not enforced.'),
      keyPrefix: z
        .string()
        .check(textLength({ max: 5 }))
        .optional()
        .describe('Start of every record id. Carried, not enforced.'),
      actions: z
        .array(ObjectActionSchema)
        .optional()
        .describe('What a person can do with records. Carried, not enforced.'),
      workflows: z
        .array(ObjectWorkflowSchema)
        .optional()
        .describe('What should follow when a record changes. Carried, not enforced.'),
    })),
  )
  .describe('A kind of record: one table of the tenant. Unknown keys are kept.');
export type ObjectDefinition = z.infer<typeof ObjectDefinitionSchema>;
