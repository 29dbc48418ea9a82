import * as z from 'zod';
import { FieldSchema } from '../data/field.zod.js';
import { ObjectDefinitionSchema } from '../data/object.zod.js';
import { ChecksumSchema } from '../shared/names.zod.js';
import { ChangeCodeEnum } from './change-code.zod.js';
import { DeployNoticeSchema } from './deploy-notice.zod.js';
import { DriftSchema } from './drift.zod.js';
import { ComponentSchema, TableIndexSchema, TableSchema } from './schema.zod.js';

const NonEmpty = z.string().min(1);
const Text = z.string();

export const ChangeKindEnum = z
  .enum(['added', 'modified', 'renamed', 'removed'])
  .describe(
    'Kind of change. added: exists only in the new version; removed: exists only in the deployed version; modified: has the same name and a different definition; renamed: has a different name, and possibly also a different definition.',
  );
export type ChangeKind = z.infer<typeof ChangeKindEnum>;

export const ChangeRiskEnum = z
  .enum(['safe', 'may_fail', 'unproven_rename', 'weakens_integrity', 'loses_data'])
  .describe(
    'Risk of a change. safe: cannot fail because of existing data; may_fail: can fail, depending on existing data; unproven_rename: the previous name of a renamed object or field is not deployed in this database, so existing data may be stored under an even earlier name; weakens_integrity: a rule is no longer enforced; loses_data: data is removed. A change with the risk unproven_rename, weakens_integrity or loses_data is applied only if its id is approved explicitly (option `allow`).',
  );
export type ChangeRisk = z.infer<typeof ChangeRiskEnum>;

const hasMatchingSides = (change: { change: ChangeKind; before?: unknown; after?: unknown }) =>
  (change.change === 'added') === (change.before === undefined) &&
  (change.change === 'removed') === (change.after === undefined);
const SIDES = {
  message: 'must have only `after` if added, only `before` if removed, and both otherwise',
};

const object = NonEmpty.describe('Name of the object.');

const changeBase = {
  id: NonEmpty.describe(
    'Stable identifier of the change, for example add_field:account.industry. Used to approve the change.',
  ),
  change: ChangeKindEnum,
  risk: ChangeRiskEnum,
  code: ChangeCodeEnum,
};

export const ObjectChangeSchema = z
  .object({
    ...changeBase,
    object,
    before: ObjectDefinitionSchema.optional().describe('Deployed definition. Absent if the object is added.'),
    after: ObjectDefinitionSchema.optional().describe('New definition. Absent if the object is removed.'),
  })
  .refine(hasMatchingSides, SIDES)
  .describe('Change to an object, even if only its fields change.');
export type ObjectChange = z.infer<typeof ObjectChangeSchema>;

export const FieldChangeSchema = z
  .object({
    ...changeBase,
    object,
    field: NonEmpty.describe('Name of the field.'),
    former: NonEmpty.optional().describe('Previous name of the field. Present only if the field is renamed.'),
    weakens: z
      .array(ChangeCodeEnum)
      .min(1)
      .optional()
      .describe(
        'List of the change codes (WI401 to WI404) of the rules that the change weakens, in addition to its effect in `code`. The risk is then weakens_integrity or unproven_rename, and approving the change also approves these effects. Absent if no rule is weakened.',
      ),
    before: FieldSchema.optional().describe('Deployed definition. Absent if the field is added.'),
    after: FieldSchema.optional().describe('New definition. Absent if the field is removed.'),
  })
  .refine(hasMatchingSides, SIDES)
  .refine(({ change, former }) => (change === 'renamed') === (former !== undefined), {
    path: ['former'],
    message: 'must be present exactly if the field is renamed',
  })
  .describe('Change to a field of an existing object.');
export type FieldChange = z.infer<typeof FieldChangeSchema>;

export const IndexChangeSchema = z
  .object({
    ...changeBase,
    object,
    index: NonEmpty.describe('Name of the index.'),
    before: TableIndexSchema.optional().describe('Index before the change. Absent if it is added.'),
    after: TableIndexSchema.optional().describe('Index after the change. Absent if it is removed.'),
  })
  .refine(hasMatchingSides, SIDES)
  .describe('Change to an index on an existing table.');
export type IndexChange = z.infer<typeof IndexChangeSchema>;

export const TableChangeSchema = z
  .object({
    before: TableSchema.describe('Table before the change, including its unmanaged indexes and triggers.'),
    after: TableSchema.describe('Table after the change, under its new name if it is renamed.'),
  })
  .describe('Change to the structure of an existing table.');
export type TableChange = z.infer<typeof TableChangeSchema>;

export const ComponentChangeSchema = z
  .object({
    ...changeBase,
    kind: ComponentSchema.shape.kind,
    name: ComponentSchema.shape.name,
    before: ComponentSchema.shape.definition
      .optional()
      .describe('Deployed definition. Absent if the component is added.'),
    after: ComponentSchema.shape.definition
      .optional()
      .describe('New definition. Absent if the component is removed.'),
  })
  .refine(hasMatchingSides, SIDES)
  .describe('Change to a view, flow or permission set.');
export type ComponentChange = z.infer<typeof ComponentChangeSchema>;

export const RetainedTableSchema = z
  .object({
    name: z
      .string()
      .regex(/^_os_undo_[0-9a-f]{16}(?:_[0-9a-f]{8})?$/)
      .describe('Name of the system table that stores the removed values.'),
    object: NonEmpty.describe('Name that the object had before the deployment.'),
    columns: z.array(Text).describe('Names that the removed columns had before the deployment.'),
    whole: z
      .boolean()
      .describe('Whether the whole object was removed. If false, only columns of it were removed.'),
  })
  .describe('Retained values that a deployment removed, stored until it can no longer be rolled back.');
export type RetainedTable = z.infer<typeof RetainedTableSchema>;

export const RestoreSchema = z
  .object({
    deploymentId: NonEmpty.describe('Identifier of the deployment to roll back, which may be a rollback.'),
    tables: z
      .array(RetainedTableSchema)
      .describe('List of the system tables that store the values to restore.'),
  })
  .describe('Data that a rollback restores. Present only if the diff rolls a deployment back.');
export type Restore = z.infer<typeof RestoreSchema>;

export const DeployDiffSchema = z
  .object({
    owner: NonEmpty.describe('Owner of the compared metadata: tenant, or the id of an app.'),
    baseSchemaHash: ChecksumSchema.describe('Hash of the schema before the change.'),
    targetSchemaHash: ChecksumSchema.describe('Hash of the schema after the change.'),
    objects: z.array(ObjectChangeSchema).describe('List of changed objects.'),
    fields: z.array(FieldChangeSchema).describe('List of changed fields of existing objects.'),
    indexes: z.array(IndexChangeSchema).describe('List of changed indexes of existing objects.'),
    tables: z.array(TableChangeSchema).describe('List of changed tables of existing objects.'),
    normalized: z
      .array(TableChangeSchema)
      .optional()
      .describe(
        'List of adopted tables whose declarations do not fit the new metadata. The migration first rebuilds them, with all their records, as deployments declare tables, and then applies the changes in `tables`. Absent if there are none.',
      ),
    removed: z
      .array(TableSchema)
      .describe('List of the tables of removed objects, as they are before the change.'),
    components: z.array(ComponentChangeSchema).describe('List of changed views, flows and permission sets.'),
    notices: z
      .array(DeployNoticeSchema)
      .describe(
        'List of notices, for example about lookups that get no foreign key, unsupported indexes, probable renames or cascading deletions.',
      ),
    drift: z.array(DriftSchema).describe('Differences between the live schema and the deployed one.'),
    restores: RestoreSchema.optional().describe(
      'Deployment that the diff rolls back, and the data to restore. Absent if the diff is not a rollback.',
    ),
    integerIds: z
      .array(NonEmpty)
      .optional()
      .describe(
        'List of those of `knownObjects` that have integer ids, because the columns that refer to them have another type. Absent if there are none.',
      ),
    knownObjects: z
      .array(Text)
      .describe(
        'Names of the objects that exist after the change. A lookup to any other object gets no foreign key.',
      ),
  })
  .describe(
    'Differences between the deployed and the new metadata, sufficient to generate the migration plan.',
  );
export type DeployDiff = z.infer<typeof DeployDiffSchema>;
