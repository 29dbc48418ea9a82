import * as z from 'zod';
import { FieldSchema } from '../data/field.zod.js';
import { ObjectDefinitionSchema } from '../data/object.zod.js';
import { ChecksumSchema } from '../shared/names.zod.js';
import { ChangeCodeEnum } from './change-code.zod.js';
import { DriftSchema } from './drift.zod.js';
import { ComponentSchema, TableIndexSchema, TableSchema } from './schema.zod.js';

const NonEmpty = z.string().min(1);
const Text = z.string();

export const ChangeKindEnum = z
  .enum(['added', 'modified', 'renamed', 'removed'])
  .describe('What happened to the thing.');
export type ChangeKind = z.infer<typeof ChangeKindEnum>;

export const ChangeRiskEnum = z
  .enum(['safe', 'may_fail', 'unproven_rename', 'weakens_integrity', 'loses_data'])
  .describe(
    'safe: always works; may_fail: depends on the data; unproven_rename: data may be deployed under a name that the metadata does not say, because a version with a rename was skipped, and the change needs approval by id; weakens_integrity: the database or the driver stops enforcing a rule, and the change needs approval by id; loses_data: removes data, and the change needs approval by id.',
  );
export type ChangeRisk = z.infer<typeof ChangeRiskEnum>;

const hasMatchingSides = (change: { change: ChangeKind; before?: unknown; after?: unknown }) =>
  (change.change === 'added') === (change.before === undefined) &&
  (change.change === 'removed') === (change.after === undefined);
const SIDES = {
  message: 'has only after where it is added, only before where it is removed, and both otherwise',
};

const object = NonEmpty.describe('Name of the object.');

const changeBase = {
  id: NonEmpty.describe('Stable id such as add_field:account.industry.'),
  change: ChangeKindEnum,
  risk: ChangeRiskEnum,
  code: ChangeCodeEnum,
};

export const ObjectChangeSchema = z
  .object({
    ...changeBase,
    object,
    before: ObjectDefinitionSchema.optional().describe('The object as it is deployed.'),
    after: ObjectDefinitionSchema.optional().describe('The object as it is desired.'),
  })
  .refine(hasMatchingSides, SIDES)
  .describe('An object that differs in anything, its fields included.');
export type ObjectChange = z.infer<typeof ObjectChangeSchema>;

export const FieldChangeSchema = z
  .object({
    ...changeBase,
    object,
    field: NonEmpty.describe('Name of the field.'),
    former: NonEmpty.optional().describe('Name before; there exactly when the field is renamed.'),
    weakens: z
      .array(ChangeCodeEnum)
      .min(1)
      .optional()
      .describe(
        'Codes of the rules that are no longer enforced; the risk is then weakens_integrity, or unproven_rename where a rename may be missed too. Where code is another one, such as DS103 or DD201, approving the change also accepts what that code says. Absent: none.',
      ),
    before: FieldSchema.optional().describe('The field as it is deployed.'),
    after: FieldSchema.optional().describe('The field as it is desired.'),
  })
  .refine(hasMatchingSides, SIDES)
  .refine(({ change, former }) => (change === 'renamed') === (former !== undefined), {
    path: ['former'],
    message: 'is there exactly when the field is renamed',
  })
  .describe('A field of an object that was there before.');
export type FieldChange = z.infer<typeof FieldChangeSchema>;

export const IndexChangeSchema = z
  .object({
    ...changeBase,
    object,
    index: NonEmpty.describe('Name of the index.'),
    before: TableIndexSchema.optional().describe('The index as it is.'),
    after: TableIndexSchema.optional().describe('The index as it is desired.'),
  })
  .refine(hasMatchingSides, SIDES)
  .describe('An index of a table that was there before.');
export type IndexChange = z.infer<typeof IndexChangeSchema>;

export const TableChangeSchema = z
  .object({
    before: TableSchema.describe('The table as it is, with what others added to it.'),
    after: TableSchema.describe('The table as it will be, under its new name if that changes.'),
  })
  .describe('A table that stays and does not stay as it is.');
export type TableChange = z.infer<typeof TableChangeSchema>;

export const ComponentChangeSchema = z
  .object({
    ...changeBase,
    kind: ComponentSchema.shape.kind,
    name: ComponentSchema.shape.name,
    before: ComponentSchema.shape.definition.optional().describe('The component as it is deployed.'),
    after: ComponentSchema.shape.definition.optional().describe('The component as it is desired.'),
  })
  .refine(hasMatchingSides, SIDES)
  .describe('A view, flow or permission set that differs.');
export type ComponentChange = z.infer<typeof ComponentChangeSchema>;

export const DeployNoticeCodeEnum = z
  .enum([
    'lookup_without_foreign_key',
    'list_without_foreign_key',
    'index_not_made',
    'probable_rename',
    'stale_rename_hint',
    'incomplete_rename_hint',
    'backfill_not_used',
    'deletes_cascade',
  ])
  .describe(
    'Stable code of a notice. probable_rename: what is removed looks like what is added; stale_rename_hint: nothing of the name that a hint says goes away; incomplete_rename_hint: what is renamed was renamed before, and its hint does not list the earlier names; backfill_not_used: no record is filled, because the field is stored already and requires nothing new; deletes_cascade: deleting a record from now on also deletes the records whose lookup refers to it.',
  );
export type DeployNoticeCode = z.infer<typeof DeployNoticeCodeEnum>;

export const DeployNoticeSchema = z
  .object({
    code: DeployNoticeCodeEnum,
    object,
    field: Text.optional().describe('Name of the field, where one is meant.'),
    message: Text.describe('What is worth knowing, in words.'),
  })
  .describe(
    'Something to know about a diff: what it does not do although the metadata may suggest it, or what a change means for records.',
  );
export type DeployNotice = z.infer<typeof DeployNoticeSchema>;

export const KeptTableSchema = z
  .object({
    name: z
      .string()
      .regex(/^_os_undo_[0-9a-f]{16}(?:_[0-9a-f]{8})?$/)
      .describe('System table that holds the removed values.'),
    object: NonEmpty.describe('Object that it was taken from, by its name before.'),
    columns: z.array(Text).describe('Columns that it holds besides the ids, by their names before.'),
    whole: z.boolean().describe('Whether the object itself was removed.'),
  })
  .describe('Values that a deployment removed, retained until it can no longer be rolled back.');
export type KeptTable = z.infer<typeof KeptTableSchema>;

export const RestoreSchema = z
  .object({
    deploymentId: NonEmpty.describe(
      'Deployment that is undone: the top of the undo stack, or the rollback that was made last.',
    ),
    tables: z.array(KeptTableSchema).describe('Where the values come from that it took away.'),
  })
  .describe(
    'Present if the diff rolls a deployment back: the deployment and the retained data that it restores.',
  );
export type Restore = z.infer<typeof RestoreSchema>;

export const DeployDiffSchema = z
  .object({
    owner: NonEmpty.describe('Whose metadata was compared: tenant, or the id of an app.'),
    baseSchemaHash: ChecksumSchema.describe('Schema that the diff starts from.'),
    targetSchemaHash: ChecksumSchema.describe('Schema that it leads to.'),
    objects: z.array(ObjectChangeSchema).describe('Objects that differ.'),
    fields: z.array(FieldChangeSchema).describe('Fields that differ, of objects that stay.'),
    indexes: z.array(IndexChangeSchema).describe('Indexes that differ, of objects that stay.'),
    tables: z.array(TableChangeSchema).describe('Tables that differ, of objects that stay.'),
    removed: z.array(TableSchema).describe('Tables of the objects that are removed, as they are.'),
    components: z.array(ComponentChangeSchema).describe('Views, flows and permission sets that differ.'),
    notices: z
      .array(DeployNoticeSchema)
      .describe(
        'What is worth knowing: lookups without a foreign key, indexes that are not made, probable renames, lookups whose records are deleted with their target from now on.',
      ),
    drift: z.array(DriftSchema).describe('What is there although no deployment made it.'),
    restores: RestoreSchema.optional().describe('Deployment that is rolled back. Absent: none.'),
    knownObjects: z
      .array(Text)
      .describe('Objects that exist when the change is done; a lookup to any other gets no foreign key.'),
  })
  .describe('How the desired metadata differs from what is deployed. Enough to derive every statement.');
export type DeployDiff = z.infer<typeof DeployDiffSchema>;
