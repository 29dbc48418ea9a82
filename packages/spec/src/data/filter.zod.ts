import * as z from 'zod';

export const FieldReferenceSchema = z
  .strictObject({ $field: z.string().describe('Field of the same record.') })
  .describe('Compares with another field instead of a value.');
export type FieldReference = z.infer<typeof FieldReferenceSchema>;

const ScalarSchema = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .describe('A value as records have it.');
const ComparandSchema = z.union([ScalarSchema, FieldReferenceSchema]);

const ItemSchema = z.union([z.string(), z.number(), z.boolean()]);

export const FieldOperatorsSchema = z
  .strictObject({
    $eq: ComparandSchema.exactOptional().describe(
      'Equal to the operand; `null` matches records without a value.',
    ),
    $ne: ComparandSchema.exactOptional().describe('Not equal; empty values are included.'),
    $gt: ComparandSchema.exactOptional().describe('Greater.'),
    $gte: ComparandSchema.exactOptional().describe('Greater or equal.'),
    $lt: ComparandSchema.exactOptional().describe('Less.'),
    $lte: ComparandSchema.exactOptional().describe('Less or equal.'),
    $in: z.array(ScalarSchema).exactOptional().describe('One of these; an empty list matches nothing.'),
    $nin: z.array(ScalarSchema).exactOptional().describe('None of these; empty values are included.'),
    $between: z
      .tuple([ScalarSchema, ScalarSchema])
      .exactOptional()
      .describe('From the first to the second, both included.'),
    $contains: ItemSchema.exactOptional().describe(
      'Of a text: it contains the given text; upper and lower case differ. Of a list: one of its items is the given value.',
    ),
    $notContains: ItemSchema.exactOptional().describe(
      'The opposite of $contains; empty values are included.',
    ),
    $startsWith: z.string().exactOptional().describe('Starts with the text; upper and lower case differ.'),
    $endsWith: z.string().exactOptional().describe('Ends with the text; upper and lower case differ.'),
    $null: z.boolean().exactOptional().describe('true: is empty; false: is not empty.'),
    $exists: z.boolean().exactOptional().describe('true: is not empty; false: is empty.'),
  })
  .refine((operators) => Object.keys(operators).length > 0, 'must have an operator')
  .describe('Conditions on one field; all must hold.');
export type FieldOperators = z.infer<typeof FieldOperatorsSchema>;

/** Written out, because the type inferred from a catchall lets nobody write `$and`, `$or` or `$not`. */
export interface Filter {
  $and?: Filter[] | undefined;
  $or?: Filter[] | undefined;
  $not?: Filter | undefined;
  [field: string]: z.infer<typeof ScalarSchema> | FieldOperators | Filter | Filter[] | undefined;
}

type FilterNode = z.core.$ZodType<Filter, Filter>;

const ConditionsSchema = z
  .object({
    get $and(): z.ZodOptional<z.ZodArray<FilterNode>> {
      return z.optional(z.array<FilterNode>(FilterSchema)).describe('All of these hold.');
    },
    get $or(): z.ZodOptional<z.ZodArray<FilterNode>> {
      return z.optional(z.array<FilterNode>(FilterSchema)).describe('One of these holds.');
    },
    get $not(): z.ZodOptional<FilterNode> {
      return z.optional<FilterNode>(FilterSchema).describe('This does not hold.');
    },
  })
  .catchall(z.union([ScalarSchema, FieldOperatorsSchema]))
  .describe('Conditions by field name; all must hold. $and of nothing is true, $or of nothing is false.');

/** Asserted, because comparing two schemas by all that they can do takes the compiler a second. */
export const FilterSchema = ConditionsSchema as unknown as z.ZodType<Filter, Filter>;

/** Operators on one field. */
export const FILTER_OPERATORS = Object.keys(FieldOperatorsSchema.shape) as (keyof FieldOperators)[];
