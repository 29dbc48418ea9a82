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
    'Action on a record when the record that its lookup refers to is deleted. set_null: clear the lookup; cascade: delete the record too; restrict: reject the deletion with `foreign_key_violation`, in a transaction immediately rather than at the commit. Defaults to set_null. A required lookup cannot be cleared, so set_null then has the effect of restrict.',
  );
export type DeleteBehavior = z.infer<typeof DeleteBehaviorEnum>;

export const FieldStorageOptionsSchema = z
  .looseObject(
    lazyShape(() => ({
      notNull: z
        .boolean()
        .optional()
        .describe(
          'Whether the column is declared NOT NULL, so that the database itself rejects records without a value. Defaults to false.',
        ),
    })),
  )
  .describe('Options for the database column in which the field is stored.');
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
      name: MachineNameSchema.optional().describe(
        'Name of the field. May be omitted; if given, it must equal the key of the field in `fields`.',
      ),
      required: Flag.describe(
        'Whether a value is required: writes that leave the field without one are rejected with `validation_failed`. An empty string and an empty list do not count as a value. Defaults to false.',
      ),
      readonly: Flag.describe(
        'Whether the field is read-only for callers: only system writes, for example of seed data, may set it. Defaults to false.',
      ),
      multiple: Flag.describe('Whether the field holds a list of values instead of one. Defaults to false.'),
      unique: UniqueSchema.optional().describe(
        'Whether no two records may have the same value; records without a value are not compared. The scopes global, organization and tenant mean the same as true, because each tenant has its own database. Defaults to false.',
      ),
      caseSensitive: Flag.describe(
        'Whether a unique text field is case-sensitive in uniqueness checks, filters, upsert keys and sort order. If false, case is ignored for the letters A to Z only; É and é remain different. Defaults to true.',
      ),
      index: Flag.describe(
        'Whether the database has an index on the field, which makes filtering and sorting by it faster. Defaults to false.',
      ),
      externalId: Flag.describe(
        'Whether the field contains an identifier by which lookups in seed data may refer to the record. The database has an index on such a field. Defaults to false.',
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
      minLength: z
        .int()
        .min(0)
        .optional()
        .describe(
          'Minimum length of a text value in characters (Unicode code points). Shorter values are rejected with `validation_failed`. Defaults to 0.',
        ),
      maxLength: z
        .int()
        .min(1)
        .optional()
        .describe(
          'Maximum length of a text value in characters (Unicode code points). Longer values are rejected with `validation_failed`. Defaults to no limit.',
        ),
      min: Amount.describe(
        'Minimum value of a number, inclusive. Smaller values are rejected with `validation_failed`. Defaults to no limit.',
      ),
      max: Amount.describe(
        'Maximum value of a number, inclusive. Larger values are rejected with `validation_failed`. Defaults to no limit.',
      ),
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
        'Format of an autonumber, with the same syntax as `format`, over which it takes precedence. If the format has no placeholder for the number, such as {0000}, the number is appended; without any format, the values are 1, 2, 3 and so on.',
      ),
      storage: FieldStorageOptionsSchema.optional(),
      renamedFrom: RenamedFromSchema.optional(),
      ...StoredFieldKeysSchema.shape,
    })),
  )
  .describe('Field of an object: one column of its table. Unknown keys are retained.');
export type Field = z.infer<typeof FieldSchema>;
