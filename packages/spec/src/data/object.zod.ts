import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';
import { FieldSchema } from './field.zod.js';
import { ValidationRuleSchema } from './validation-rule.zod.js';

export const IndexSchema = z
  .looseObject({
    name: z
      .string()
      .optional()
      .describe('Name for people. The index in the database is named after its definition.'),
    fields: z.array(z.string()).min(1).describe('Fields in the order of the index.'),
    type: z
      .enum(['btree', 'hash', 'gin', 'gist', 'fulltext'])
      .optional()
      .describe('btree and hash make an index.'),
    unique: z.boolean().optional().describe('Whether no two records may share these values.'),
    partial: z.string().optional().describe('SQL condition of a partial index. Refused for now.'),
  })
  .describe('An index over fields of an object.');
export type Index = z.infer<typeof IndexSchema>;

const Carried = z.unknown().optional();

export const ObjectDefinitionSchema = z
  .looseObject({
    name: MachineNameSchema,
    label: z.string().optional().describe('Singular name that a person sees.'),
    pluralLabel: z.string().optional().describe('Plural name that a person sees.'),
    description: z.string().optional().describe('What the object is for.'),
    icon: z.string().optional().describe('Carried.'),
    tags: z.array(z.string()).optional().describe('Carried.'),
    fields: z.record(MachineNameSchema, FieldSchema).describe('The fields by name.'),
    indexes: z.array(IndexSchema).optional().describe('Indexes over its fields.'),
    validations: z.array(ValidationRuleSchema).optional().describe('Rules about its records.'),
    renamedFrom: MachineNameSchema.optional().describe('Former name, so that a rename keeps the data.'),
    displayNameField: z
      .string()
      .optional()
      .describe('Field by which people and seeds know a record. Absent: name.'),
    active: z.boolean().optional().describe('Carried.'),
    isSystem: z.boolean().optional().describe('Carried.'),
    abstract: z.boolean().optional().describe('Carried.'),
    datasource: z.string().optional().describe('Carried.'),
    fieldGroups: Carried.describe('Carried. Groups of fields in forms.'),
    tenancy: Carried.describe('Carried. Every tenant has a database of its own.'),
    softDelete: Carried.describe('Carried.'),
    versioning: Carried.describe('Carried.'),
    partitioning: Carried.describe('Carried.'),
    cdc: Carried.describe('Carried.'),
    stateMachines: Carried.describe('Carried.'),
    recordName: Carried.describe('Carried.'),
    titleFormat: z.string().optional().describe('Carried.'),
    compactLayout: z.array(z.string()).optional().describe('Carried.'),
    search: Carried.describe('Carried.'),
    enable: Carried.describe('Carried.'),
    recordTypes: Carried.describe('Carried.'),
    sharingModel: z.string().optional().describe('Carried.'),
    keyPrefix: z.string().optional().describe('Carried.'),
    actions: Carried.describe('Carried.'),
  })
  .describe('A kind of record: one table of the tenant. Unknown keys are kept.');
export type ObjectDefinition = z.infer<typeof ObjectDefinitionSchema>;
