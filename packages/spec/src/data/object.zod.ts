import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { storedOnly } from '../shared/stored-only.js';
import { textLength } from '../shared/text-length.js';
import { ExpressionSchema } from './expression.zod.js';
import { FieldSchema } from './field.zod.js';
import { IdTypeSchema } from './id-type.zod.js';
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
import { UniqueSchema } from './unique.zod.js';
import { ValidationRuleSchema } from './validation-rule.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Texts = z.array(z.string()).optional();
const StoredText = storedOnly(Text);
const StoredTexts = storedOnly(Texts);
const StoredFlag = storedOnly(Flag);

export const IndexSchema = z
  .looseObject(
    lazyShape(() => ({
      name: StoredText.describe(
        'Name of the index in the metadata. The index in the database has a generated name instead. Stored, not interpreted.',
      ),
      fields: z
        .array(z.string())
        .min(1)
        .describe('List of names of the indexed fields, in the order of the index.'),
      type: z
        .enum(['btree', 'hash', 'gin', 'gist', 'fulltext'])
        .optional()
        .describe(
          'Index type. btree and hash create an index; gin, gist and fulltext are not supported and only produce a warning. Defaults to btree.',
        ),
      unique: UniqueSchema.optional().describe(
        'Whether the combination of values must be unique. The scopes global, organization and tenant mean the same as true. Defaults to false.',
      ),
      partial: Text.describe(
        "SQL condition on fields of the object, for example status = 'open'; only records that meet it are indexed. Its dialect is that of the database, and values are compared as they are stored there. Comparisons of text and number fields with literals, IS NULL, AND, OR and NOT are portable; a condition that the database does not accept is rejected with `not_supported`.",
      ),
    })),
  )
  .describe('Index on fields of an object.');
export type Index = z.infer<typeof IndexSchema>;

export const ObjectDefinitionSchema = z
  .looseObject(
    lazyShape(() => ({
      name: MachineNameSchema.describe(
        'Name of the object and of its table in lowercase snake_case, unique within the tenant, for example order_item.',
      ),
      label: StoredText.describe('Singular display name of the object. Stored, not interpreted.'),
      pluralLabel: StoredText.describe('Plural display name of the object. Stored, not interpreted.'),
      description: StoredText.describe("Description of the object's purpose. Stored, not interpreted."),
      icon: StoredText.describe(
        'Name of the icon shown for the object, in the icon set of the application. Stored, not interpreted.',
      ),
      tags: StoredTexts.describe(
        'List of keywords by which users can find the object. Stored, not interpreted.',
      ),
      fields: z
        .record(MachineNameSchema, FieldSchema)
        .describe(
          'Fields of the object, by field name. Every object also has the system fields id, created_at and updated_at.',
        ),
      idType: IdTypeSchema.optional(),
      indexes: z
        .array(IndexSchema)
        .optional()
        .describe(
          "List of indexes on the object's fields, in addition to those of fields with `index`, `unique` or `externalId`. Defaults to none.",
        ),
      validations: z
        .array(ValidationRuleSchema)
        .optional()
        .describe(
          "List of validation rules for the object's records. Only rules of the type unique are enforced.",
        ),
      renamedFrom: RenamedFromSchema.optional(),
      displayNameField: Text.describe(
        'Name of the field that identifies a record to users and in seed data. Defaults to name.',
      ),
      active: StoredFlag.describe(
        'Whether user interfaces should show the object. Defaults to true. Stored, not interpreted.',
      ),
      isSystem: StoredFlag.describe(
        'Whether the object is provided by the platform. Defaults to false. Stored, not interpreted.',
      ),
      abstract: StoredFlag.describe(
        'Whether the object is only a base for other objects. Defaults to false. Stored, not interpreted.',
      ),
      datasource: StoredText.describe(
        'Name of the data source that stores the records. Defaults to default. Stored, not interpreted.',
      ),
      fieldGroups: storedOnly(z.array(ObjectFieldGroupSchema).optional()).describe(
        'List of field groups in forms. Stored, not interpreted.',
      ),
      tenancy: storedOnly(TenancyConfigSchema.optional()).describe(
        'Requested isolation of tenants within a shared table; not applied, because every tenant has its own database. Stored, not interpreted.',
      ),
      softDelete: storedOnly(SoftDeleteConfigSchema.optional()).describe(
        'Requested soft deletion; deleted records are always removed. Stored, not interpreted.',
      ),
      versioning: storedOnly(VersioningConfigSchema.optional()).describe(
        'Requested retention of previous versions of records; not applied. Stored, not interpreted.',
      ),
      partitioning: storedOnly(PartitioningConfigSchema.optional()).describe(
        'Requested partitioning of the table; not applied. Stored, not interpreted.',
      ),
      cdc: storedOnly(CDCConfigSchema.optional()).describe(
        'Requested change data capture, the publication of changes to another system; not applied. Stored, not interpreted.',
      ),
      stateMachines: storedOnly(z.record(z.string(), StateMachineSchema).optional()).describe(
        'State machines that describe the states of a record, by name; not enforced. Stored, not interpreted.',
      ),
      recordName: storedOnly(RecordNameConfigSchema.optional()).describe(
        'Requested naming of records. Stored, not interpreted.',
      ),
      titleFormat: storedOnly(ExpressionSchema.optional()).describe(
        "Template of a record's title, for example {code} - {name}. Stored, not interpreted.",
      ),
      compactLayout: StoredTexts.describe(
        'List of names of the fields to show in a compact view. Stored, not interpreted.',
      ),
      search: storedOnly(SearchConfigSchema.optional()).describe(
        'Search settings of the object. Stored, not interpreted.',
      ),
      enable: storedOnly(ObjectCapabilitiesSchema.optional()).describe(
        'Features that an application should offer for the records. Stored, not interpreted.',
      ),
      recordTypes: StoredTexts.describe(
        'List of the names of the record types: kinds of records that the application distinguishes within the object. Stored, not interpreted.',
      ),
      sharingModel: storedOnly(
        z.enum(['private', 'read', 'read_write', 'full', 'public_read', 'public_read_write']).optional(),
      ).describe(
        'Requested access of users to records that they do not own; not applied. private: none; read or public_read: read; read_write or public_read_write: read and write; full: read, write and transfer. Stored, not interpreted.',
      ),
      keyPrefix: storedOnly(
        z
          .string()
          .check(textLength({ max: 5 }))
          .optional(),
      ).describe(
        'Requested prefix of record ids, for example ord. Has no effect: ids are generated without a prefix. Stored, not interpreted.',
      ),
      actions: storedOnly(z.array(ObjectActionSchema).optional()).describe(
        'List of actions on records that user interfaces can offer. Stored, not interpreted.',
      ),
      nameField: StoredText.describe(
        'Name of the field that holds the display name of a record in user interfaces. Seed data uses `displayNameField` instead. Stored, not interpreted.',
      ),
      managedBy: StoredText.describe(
        'Party that maintains the records, for example platform or user. Stored, not interpreted.',
      ),
      protection: storedOnly(z.record(z.string(), z.unknown()).optional()).describe(
        'Requested restrictions on changes to the definition or to the records, with any keys; not applied. Stored, not interpreted.',
      ),
      highlightFields: StoredTexts.describe(
        'List of names of the fields to show at the top of a record page. Stored, not interpreted.',
      ),
      listViews: storedOnly(z.record(z.string(), z.unknown()).optional()).describe(
        'List views of the object, by name. Stored, not interpreted.',
      ),
      access: storedOnly(z.record(z.string(), z.unknown()).optional()).describe(
        'Requested default access of users to the object, with any keys; not applied. Stored, not interpreted.',
      ),
      lifecycle: storedOnly(z.record(z.string(), z.unknown()).optional()).describe(
        'Requested retention and archiving of records, with any keys; not applied. Stored, not interpreted.',
      ),
      systemFieldDeclarations: storedOnly(z.record(z.string(), z.unknown()).optional()).describe(
        'Properties such as labels that the author of the object declared for the system fields id, created_at and updated_at, by field name. A deployment moves them from `fields` to this key. Stored, not interpreted.',
      ),
      workflows: storedOnly(z.array(ObjectWorkflowSchema).optional()).describe(
        'List of workflow rules, which describe actions for created and updated records; not executed. Stored, not interpreted.',
      ),
    })),
  )
  .describe(
    "Object: a kind of record, stored in one table of the tenant's database. Unknown keys are retained.",
  );
export type ObjectDefinition = z.infer<typeof ObjectDefinitionSchema>;
