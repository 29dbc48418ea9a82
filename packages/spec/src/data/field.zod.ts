import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { SelectOptionSchema } from './field-option.zod.js';
import { FieldTypeEnum } from './field-type.zod.js';
import { RenamedFromSchema } from './renamed-from.zod.js';
import { StoredFieldKeysSchema } from './stored-field-keys.zod.js';
import { UniqueSchema } from './unique.zod.js';

export const DeleteBehaviorEnum = z
  .enum(['set_null', 'cascade', 'restrict'])
  .describe(
    'Action on a record when the record that its lookup refers to is deleted. set_null: clear the lookup; cascade: delete the record; restrict: reject the deletion of the referenced record, in a transaction not at the commit but immediately.',
  );
export type DeleteBehavior = z.infer<typeof DeleteBehaviorEnum>;

export const FieldStorageOptionsSchema = z
  .looseObject(
    lazyShape(() => ({
      notNull: z.boolean().optional().describe('Whether the column is declared NOT NULL. Defaults to false.'),
    })),
  )
  .describe('Physical storage options of a field.');
export type FieldStorageOptions = z.infer<typeof FieldStorageOptionsSchema>;

/** Message for a list of objects, which some platforms call a polymorphic reference. */
const SEVERAL_OBJECTS =
  'A field refers to one object; a reference to several objects is not supported. Define one lookup for each object';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Amount = z.number().optional();

export const FieldSchema = z
  .looseObject(
    lazyShape(() => ({
      type: FieldTypeEnum,
      name: MachineNameSchema.optional().describe('Name of the field; must equal its key in fields.'),
      required: Flag.describe(
        'Whether writes that leave the field without a value are rejected. An empty string and an empty list do not count as a value. Defaults to false.',
      ),
      readonly: Flag.describe('Whether only system writes may set the field. Defaults to false.'),
      multiple: Flag.describe('Whether the field holds a list of values instead of one. Defaults to false.'),
      unique: UniqueSchema.optional().describe(
        'Whether values must be unique; records without a value are not compared. For a tenant with its own database, the scopes global, organization and tenant mean the same as true. Defaults to false.',
      ),
      caseSensitive: Flag.describe(
        'Whether a unique text field is case-sensitive in uniqueness checks, filters, upsert keys and sort order. If false, case is ignored for the letters A to Z only; É and é remain different. Defaults to true.',
      ),
      index: Flag.describe('Whether the database creates an index on the column. Defaults to false.'),
      externalId: Flag.describe(
        'Whether seed data may identify existing records by the value of this field. Defaults to false.',
      ),
      defaultValue: z
        .unknown()
        .optional()
        .describe(
          'Default value of the field in a new record: a literal value, a default token, or a CEL expression such as { dialect: "cel", source: "today()" }. An expression whose result the field cannot store is ignored. Default tokens: NOW(), $now, {now} or CURRENT_TIMESTAMP for the current timestamp; TODAY(), $today, {today} or CURRENT_DATE for the current UTC date; $currentUser, {current_user} or {current_user_id} for the id of the current user.',
        ),
      backfill: z
        .unknown()
        .optional()
        .describe(
          'Value that a migration writes, once, into existing records without a value: when the field is added, and when it becomes required or NOT NULL. Either a literal value; or { field: "other" }, which copies the value of another field of the record; or { field: "other", values: { a: "b" } }, which writes "b" if the other field has the value "a". { values: { a: "b" } } replaces the value "a" of the field itself by "b", once, in the deployment that introduces this mapping. Takes precedence over defaultValue; records created later do not get it.',
        ),
      minLength: z.int().min(0).optional().describe('Minimum length of a text value, in characters.'),
      maxLength: z.int().min(1).optional().describe('Maximum length of a text value, in characters.'),
      min: Amount.describe('Minimum value of a number, inclusive.'),
      max: Amount.describe('Maximum value of a number, inclusive.'),
      options: z
        .array(SelectOptionSchema)
        .optional()
        .describe(
          'List of the permitted values of a select, multiselect, radio or checkboxes field, with their labels. If empty or omitted, any value is valid.',
        ),
      reference: z
        .string({ error: ({ input }) => (Array.isArray(input) ? SEVERAL_OBJECTS : undefined) })
        .min(1)
        .optional()
        .describe(
          'Name of the object that a lookup, master_detail, tree or user field refers to. Required for a lookup and a master_detail field; defaults to the object of the field itself for a tree field, and to the object named user for a user field.',
        ),
      deleteBehavior: DeleteBehaviorEnum.optional(),
      format: Text.describe(
        'Format of an autonumber, for example INV-{0000}, AD{YYYYMMDD}{0000} or {plan_no}-{000}; each distinct combination of date and field tokens has its own counter. Ignored for other field types.',
      ),
      autonumberFormat: Text.describe(
        'Format of an autonumber. Takes precedence over format. If the format has no placeholder for the number, the number is appended; without any format, the values are `1`, `2`, `3`.',
      ),
      storage: FieldStorageOptionsSchema.optional(),
      renamedFrom: RenamedFromSchema.optional(),
      ...StoredFieldKeysSchema.shape,
    })),
  )
  .describe('Field of an object: one column of its table. Unknown keys are retained.');
export type Field = z.infer<typeof FieldSchema>;
