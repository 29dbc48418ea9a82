import * as z from 'zod';

export const FieldReferenceSchema = z
  .strictObject({ $field: z.string().describe('Field of the same record.') })
  .describe('Compares with another field instead of a value.');
export type FieldReference = z.infer<typeof FieldReferenceSchema>;

const ScalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const ComparandSchema = z.union([ScalarSchema, FieldReferenceSchema]);

export const FieldOperatorsSchema = z
  .strictObject({
    $eq: ComparandSchema.optional().describe('Equal; null asks for empty.'),
    $ne: ComparandSchema.optional().describe('Not equal; empty values are included.'),
    $gt: ComparandSchema.optional().describe('Greater.'),
    $gte: ComparandSchema.optional().describe('Greater or equal.'),
    $lt: ComparandSchema.optional().describe('Less.'),
    $lte: ComparandSchema.optional().describe('Less or equal.'),
    $in: z.array(ScalarSchema).optional().describe('One of these; an empty list matches nothing.'),
    $nin: z.array(ScalarSchema).optional().describe('None of these; empty values are included.'),
    $between: z.tuple([ScalarSchema, ScalarSchema]).optional().describe('From the first to the second, both included.'),
    $contains: z.string().optional().describe('Contains the text; upper and lower case differ.'),
    $notContains: z.string().optional().describe('Does not contain the text; empty values are included.'),
    $startsWith: z.string().optional().describe('Starts with the text; upper and lower case differ.'),
    $endsWith: z.string().optional().describe('Ends with the text; upper and lower case differ.'),
    $null: z.boolean().optional().describe('true: is empty; false: is not empty.'),
    $exists: z.boolean().optional().describe('true: is not empty; false: is empty.'),
  })
  .describe('Conditions on one field; all must hold.');
export type FieldOperators = z.infer<typeof FieldOperatorsSchema>;

export const FilterSchema = z
  .object({
    get $and(): z.ZodOptional<z.ZodArray<typeof FilterSchema>> {
      return z.array(FilterSchema).optional();
    },
    get $or(): z.ZodOptional<z.ZodArray<typeof FilterSchema>> {
      return z.array(FilterSchema).optional();
    },
    get $not(): z.ZodOptional<typeof FilterSchema> {
      return FilterSchema.optional();
    },
  })
  .catchall(z.union([ScalarSchema, FieldOperatorsSchema]))
  .describe('Conditions by field name; all must hold. $and of nothing is true, $or of nothing is false.');
export type Filter = z.infer<typeof FilterSchema>;

/** Operators on one field. */
export const FILTER_OPERATORS = Object.keys(FieldOperatorsSchema.shape) as (keyof FieldOperators)[];
