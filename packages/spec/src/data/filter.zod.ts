import * as z from 'zod';

export const FieldReferenceSchema = z
  .strictObject({ $field: z.string().describe('Name of the other field of the same record.') })
  .describe('Reference to another field of the same record, to compare with instead of a literal value.');
export type FieldReference = z.infer<typeof FieldReferenceSchema>;

const ScalarSchema = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .describe('Single value as stored in a record.');
const ComparandSchema = z.union([ScalarSchema, FieldReferenceSchema]);

const ItemSchema = z.union([z.string(), z.number(), z.boolean()]);

export const FieldOperatorsSchema = z
  .strictObject({
    $eq: ComparandSchema.exactOptional().describe(
      'Matches values equal to the operand; `null` matches records without a value.',
    ),
    $ne: ComparandSchema.exactOptional().describe(
      'Negation of $eq: records without a value match, unless the operand is `null`, or another field without a value.',
    ),
    $gt: ComparandSchema.exactOptional().describe(
      'Matches values greater than the operand. An operand `null` is rejected, as it is for $gte, $lt and $lte.',
    ),
    $gte: ComparandSchema.exactOptional().describe('Matches values greater than or equal to the operand.'),
    $lt: ComparandSchema.exactOptional().describe('Matches values less than the operand.'),
    $lte: ComparandSchema.exactOptional().describe('Matches values less than or equal to the operand.'),
    $in: z
      .array(ScalarSchema)
      .exactOptional()
      .describe(
        'Matches values that equal any item of the list; an item `null` matches records without a value. An empty list matches no records.',
      ),
    $nin: z
      .array(ScalarSchema)
      .exactOptional()
      .describe('Negation of $in: records without a value match, unless an item is `null`.'),
    $between: z
      .tuple([ScalarSchema, ScalarSchema])
      .exactOptional()
      .describe('Matches values in the inclusive range `[min, max]`; a bound of `null` is rejected.'),
    $contains: ItemSchema.exactOptional().describe(
      'For a text field: matches values that contain the operand as a substring; uppercase and lowercase differ unless the field has `caseSensitive: false`. For a list field: matches lists that contain the operand as an item. Rejected for all other fields, such as dates and JSON.',
    ),
    $notContains: ItemSchema.exactOptional().describe(
      'Negation of $contains. Records without a value match.',
    ),
    $startsWith: z
      .string()
      .exactOptional()
      .describe(
        'Matches text values that start with the operand; uppercase and lowercase differ as for $contains.',
      ),
    $endsWith: z
      .string()
      .exactOptional()
      .describe(
        'Matches text values that end with the operand; uppercase and lowercase differ as for $contains.',
      ),
    $null: z
      .boolean()
      .exactOptional()
      .describe('If `true`, matches records without a value; if `false`, records with a value.'),
    $exists: z
      .boolean()
      .exactOptional()
      .describe('If `true`, matches records with a value; if `false`, records without a value.'),
  })
  .refine((operators) => Object.keys(operators).length > 0, 'must contain an operator')
  .describe(
    'Conditions on one field by operator, for example { "$gte": 3, "$lt": 5 }; all of them must hold.',
  );
export type FieldOperators = z.infer<typeof FieldOperatorsSchema>;

/** Declared explicitly, because with the type inferred from a catchall `$and`, `$or` and `$not` cannot be written. */
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
      return z.optional(z.array<FilterNode>(FilterSchema)).describe('List of filters that must all match.');
    },
    get $or(): z.ZodOptional<z.ZodArray<FilterNode>> {
      return z
        .optional(z.array<FilterNode>(FilterSchema))
        .describe('List of filters of which at least one must match.');
    },
    get $not(): z.ZodOptional<FilterNode> {
      return z.optional<FilterNode>(FilterSchema).describe('Filter that must not match.');
    },
  })
  .catchall(z.union([ScalarSchema, FieldOperatorsSchema]))
  .describe(
    'Conditions by field name, for example { "status": "open", "stars": { "$gte": 3 } }; all of them must hold. An empty $and matches every record, an empty $or matches none.',
  );

/** A type assertion, because comparing the two schemas structurally takes the compiler a second. */
export const FilterSchema = ConditionsSchema as unknown as z.ZodType<Filter, Filter>;

/** Names of the operators of a condition on one field. */
export const FILTER_OPERATORS = Object.keys(FieldOperatorsSchema.shape) as (keyof FieldOperators)[];
