import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';
import { FieldSchema } from './field.zod.js';
import { IndexSchema } from './object.zod.js';
import { ValidationRuleSchema } from './validation-rule.zod.js';

export const ObjectExtensionSchema = z
  .looseObject({
    extend: MachineNameSchema.describe('Name of the object that is extended.'),
    fields: z
      .record(MachineNameSchema, FieldSchema)
      .optional()
      .describe(
        'Fields to add, by field name. Names of fields that an app adds must start with its namespace and two underscores. A tenant may also include an existing field of an app to override its properties; its type must remain the same.',
      ),
    indexes: z
      .array(IndexSchema)
      .optional()
      .describe('List of indexes to add to the object. Defaults to none.'),
    validations: z
      .array(ValidationRuleSchema)
      .optional()
      .describe('List of validation rules to add to the object. Defaults to none.'),
  })
  .describe('Extension of an object that another owner defines: of an object of an app or of the tenant.');
export type ObjectExtension = z.infer<typeof ObjectExtensionSchema>;
