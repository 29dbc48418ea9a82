import * as z from 'zod';
import { FieldSchema } from '../data/field.zod.js';
import { ObjectDefinitionSchema } from '../data/object.zod.js';
import { ComponentSchema, TableIndexSchema } from './schema.zod.js';

export const ChangeKindEnum = z
  .enum(['added', 'modified', 'renamed', 'removed'])
  .describe('What happened to the thing.');
export type ChangeKind = z.infer<typeof ChangeKindEnum>;

export const ChangeRiskEnum = z
  .enum(['safe', 'may_fail', 'loses_data'])
  .describe('safe: always works; may_fail: depends on the data; loses_data: needs to be allowed by id.');
export type ChangeRisk = z.infer<typeof ChangeRiskEnum>;

const hasMatchingSides = (change: { change: ChangeKind; before?: unknown; after?: unknown }) =>
  (change.change === 'added') === (change.before === undefined) &&
  (change.change === 'removed') === (change.after === undefined);
const SIDES = { message: 'added has only after, removed only before, the others both' };

const changeBase = {
  id: z.string().min(1).describe('Stable id such as add_field:account.industry.'),
  change: ChangeKindEnum,
  risk: ChangeRiskEnum,
};

export const ObjectChangeSchema = z
  .object({
    ...changeBase,
    object: z.string(),
    before: ObjectDefinitionSchema.optional(),
    after: ObjectDefinitionSchema.optional(),
  })
  .refine(hasMatchingSides, SIDES)
  .describe('An object that differs in anything, its fields included.');
export type ObjectChange = z.infer<typeof ObjectChangeSchema>;

export const FieldChangeSchema = z
  .object({
    ...changeBase,
    object: z.string(),
    field: z.string(),
    before: FieldSchema.optional(),
    after: FieldSchema.optional(),
  })
  .refine(hasMatchingSides, SIDES)
  .describe('A field of an object that was there before.');
export type FieldChange = z.infer<typeof FieldChangeSchema>;

export const IndexChangeSchema = z
  .object({
    ...changeBase,
    object: z.string(),
    index: z.string(),
    before: TableIndexSchema.optional(),
    after: TableIndexSchema.optional(),
  })
  .refine(hasMatchingSides, SIDES)
  .describe('An index of a table that was there before.');
export type IndexChange = z.infer<typeof IndexChangeSchema>;

export const ComponentChangeSchema = z
  .object({
    ...changeBase,
    kind: ComponentSchema.shape.kind,
    name: ComponentSchema.shape.name,
    before: ComponentSchema.shape.definition.optional(),
    after: ComponentSchema.shape.definition.optional(),
  })
  .refine(hasMatchingSides, SIDES)
  .describe('A view, flow or permission set that differs.');
export type ComponentChange = z.infer<typeof ComponentChangeSchema>;

export const DeployDiffSchema = z
  .object({
    owner: z.string().min(1).describe('Whose metadata was compared: tenant, or the id of an app.'),
    baseSchemaHash: z.string().describe('Schema that the diff starts from.'),
    targetSchemaHash: z.string().describe('Schema that it leads to.'),
    objects: z.array(ObjectChangeSchema),
    fields: z.array(FieldChangeSchema),
    indexes: z.array(IndexChangeSchema),
    components: z.array(ComponentChangeSchema),
    notices: z
      .array(z.object({ code: z.string(), object: z.string(), field: z.string().optional(), message: z.string() }))
      .describe('What is worth knowing: lookups without a foreign key, indexes that are not made.'),
    knownObjects: z
      .array(z.string())
      .describe('Objects that exist when the change is done; a lookup to any other gets no foreign key.'),
  })
  .describe('How the desired metadata differs from what is deployed. Enough to derive every statement.');
export type DeployDiff = z.infer<typeof DeployDiffSchema>;
