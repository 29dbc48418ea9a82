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
    'Action on a record when the record that its lookup refers to is deleted. set_null: clear the lookup; cascade: delete the record; restrict: reject the deletion at once, also in a transaction.',
  );
export type DeleteBehavior = z.infer<typeof DeleteBehaviorEnum>;

export const FieldStorageOptionsSchema = z
  .looseObject(
    lazyShape(() => ({
      notNull: z.boolean().optional().describe('Whether the column is declared NOT NULL. Default: false.'),
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
        'Whether a write must leave the field with a value; an empty text and an empty list are none. Default: false.',
      ),
      readonly: Flag.describe('Whether only system writes may set the field. Default: false.'),
      multiple: Flag.describe('Whether the field holds a list of values instead of one. Default: false.'),
      unique: UniqueSchema.optional().describe(
        'Whether values must be unique; records without a value are not compared. For a tenant with its own database, the scopes global, organization and tenant mean the same as true. Default: false.',
      ),
      caseSensitive: Flag.describe(
        'Whether a unique text field is case-sensitive in uniqueness checks, filters, keys and sort order. If false, case is ignored for the letters A to Z only; É and é remain different. Default: true.',
      ),
      index: Flag.describe('Whether the column is indexed. Default: false.'),
      externalId: Flag.describe('Whether seed data may identify records by this field. Default: false.'),
      defaultValue: z
        .unknown()
        .optional()
        .describe(
          'Value assigned to a new record, a default token, or a CEL expression such as { dialect: "cel", source: "today()" }. An expression that has no value that the field can store is not applied. Current timestamp: NOW(), $now, {now} or CURRENT_TIMESTAMP; current date: TODAY(), $today, {today} or CURRENT_DATE; id of the user: $currentUser, {current_user} or {current_user_id}.',
        ),
      backfill: z
        .unknown()
        .optional()
        .describe(
          'Value that a migration writes, once, into existing records without a value: when the field is added, and when it becomes required or NOT NULL. A literal value; or { field: "other" }, the value of another field of the record; or { field: "other", values: { old: "new" } }, the new value for the value of another field. { values: { old: "new" } } replaces values of the field itself, in the deployment that introduces it. Takes precedence over defaultValue; records created later do not get it.',
        ),
      minLength: z.int().min(0).optional().describe('Minimum length of a text, in characters.'),
      maxLength: z.int().min(1).optional().describe('Maximum length of a text, in characters.'),
      min: Amount.describe('Minimum value of a number.'),
      max: Amount.describe('Maximum value of a number.'),
      options: z
        .array(SelectOptionSchema)
        .optional()
        .describe(
          'List of options of a select, multiselect, radio or checkboxes field. If empty or omitted, any value is valid.',
        ),
      reference: z
        .string({ error: ({ input }) => (Array.isArray(input) ? SEVERAL_OBJECTS : undefined) })
        .min(1)
        .optional()
        .describe(
          "Name of the object that a lookup, master_detail, tree or user field refers to. Default: the field's own object for a tree, the object user for a user.",
        ),
      deleteBehavior: DeleteBehaviorEnum.optional(),
      format: Text.describe(
        'Format of an autonumber, for example INV-{0000}, AD{YYYYMMDD}{0000} or {plan_no}-{000}; each distinct combination of date and field tokens has its own counter. Ignored for other field types.',
      ),
      autonumberFormat: Text.describe(
        'Format of an autonumber. Takes precedence over format. A format without a placeholder for the number ends with the number, so without any format the values are `1`, `2`, `3`.',
      ),
      storage: FieldStorageOptionsSchema.optional(),
      renamedFrom: RenamedFromSchema.optional(),
      ...StoredFieldKeysSchema.shape,
    })),
  )
  .describe('Field of an object: one column of its table. Unknown keys are retained.');
export type Field = z.infer<typeof FieldSchema>;
